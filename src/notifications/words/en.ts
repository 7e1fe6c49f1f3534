/** What mails and messages say, in English; every other language has the same keys. */
export const en = {
	published: (name: string, title: string) => `${name} commented on “${title}”`,
	waiting: (name: string, title: string) => `A comment by ${name} on “${title}” is waiting for you`,
	severalForOwner: (count: number, site: string) => `${count} comments on ${site}`,
	severalForReader: (count: number, site: string) => `${count} new comments on ${site}`,
	replied: (name: string, parent: string, title: string) => `${name} replied to ${parent} on “${title}”`,
	inReplyTo: (name: string) => `In reply to ${name}`,
	andMore: (count: number) => `… and ${count} more`,
	readOn: "Read it on the site",
	approve: "Approve it",
	markSpam: "It is spam",
	remove: "Delete it",
	toPost: "To the post",
	ownerFooter: (site: string) => `You receive this because ${site} is yours.`,
	readerFooter: (site: string) => `You receive this because you asked ${site} to tell you.`,
	end: "Stop these mails",
	confirmSubject: (title: string) => `Do you want to hear of comments on “${title}”?`,
	askedThread: (title: string, site: string) =>
		`Somebody, most likely you, asked that this address hear of every new comment on “${title}” at ${site}. If it was you, say so at the address below; it holds for two days.`,
	askedReplies: (title: string, site: string) =>
		`Somebody, most likely you, asked that this address hear of replies to a comment on “${title}” at ${site}. If it was you, say so at the address below; it holds for two days.`,
	confirm: "Yes, tell me",
	ignore: "If it was not you, do nothing: no more will come of it, and this address is forgotten in a week.",
};

export type Words = typeof en;
