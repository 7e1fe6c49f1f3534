/** What mails and messages say, in English; every other language has the same keys. */
export const en = {
	published: (name: string, title: string) => `${name} commented on “${title}”`,
	waiting: (name: string, title: string) => `A comment by ${name} on “${title}” is waiting for you`,
	severalForOwner: (count: number, site: string) => `${count} comments on ${site}`,
	inReplyTo: (name: string) => `In reply to ${name}`,
	andMore: (count: number) => `… and ${count} more`,
	readOn: "Read it on the site",
	approve: "Approve it",
	markSpam: "It is spam",
	remove: "Delete it",
	toPost: "To the post",
	ownerFooter: (site: string) => `You receive this because ${site} is yours.`,
};

export type Words = typeof en;
