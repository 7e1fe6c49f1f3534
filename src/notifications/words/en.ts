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
	verifySubject: (site: string) => `Is this your address? (${site})`,
	verifyLead: (site: string) =>
		`Somebody, most likely you, asked ${site} for a link that shows this address to be theirs. Open it in the browser you asked in; the page says what it will do before anything is done. It holds for thirty minutes and works once.`,
	verify: "Show that this address is mine",
	verifyIgnore:
		"If it was not you, do nothing: no more will come of it, and this address is forgotten within the hour.",
	receiptSubject: (title: string) => `Your comment on “${title}”`,
	receiptLead: (title: string, site: string) =>
		`Somebody, most likely you, left a comment on “${title}” at ${site} and gave this address with it.`,
	receiptWaiting: "It is waiting to be looked at before others can see it.",
	change: "Change or delete the comment",
	changeHint: "Whoever has this link can do so; keep it to yourself.",
	receiptAsked:
		"They also asked that this address hear of replies by mail. If you want that, say so at the address below; it holds for two days.",
	receiptFooter: (site: string) =>
		`You receive this once, because this address was given with the comment. ${site} will send nothing else about it unless you ask for it.`,
};

export type Words = typeof en;
