/** Strings of mails and messages in English. Every other language has the same keys. */
export const en = {
	published: (name: string, title: string) => `${name} commented on “${title}”`,
	waiting: (name: string, title: string) => `A comment by ${name} on “${title}” is waiting for approval`,
	severalForOwner: (count: number, site: string) => `${count} comments on ${site}`,
	severalForReader: (count: number, site: string) => `${count} new comments on ${site}`,
	replied: (name: string, parent: string, title: string) => `${name} replied to ${parent} on “${title}”`,
	inReplyTo: (name: string) => `In reply to ${name}`,
	andMore: (count: number) => `… and ${count} more`,
	viewOnSite: "View on the site",
	approve: "Approve",
	markSpam: "Mark as spam",
	remove: "Delete",
	viewPost: "View post",
	ownerFooter: (site: string) => `You’re receiving this because you run ${site}.`,
	readerFooter: (site: string) => `You’re receiving this because you subscribed at ${site}.`,
	unsubscribe: "Unsubscribe",
	confirmSubject: (title: string) => `Confirm your subscription to “${title}”`,
	commentsRequested: (title: string, site: string) =>
		`Someone, probably you, asked ${site} to send new comments on “${title}” to this address. If it was you, please confirm with the link below within two days.`,
	repliesRequested: (title: string, site: string) =>
		`Someone, probably you, asked ${site} to send replies to a comment on “${title}” to this address. If it was you, please confirm with the link below within two days.`,
	confirm: "Confirm subscription",
	ignore:
		"If it wasn’t you, you can ignore this e-mail: nothing more will be sent, and this address will be deleted in a week.",
	verifySubject: (site: string) => `Confirm your e-mail address (${site})`,
	verifyLead: (site: string) =>
		`Someone, probably you, asked ${site} for a link to confirm this address. Open it in the browser you requested it in; the page explains what will happen before anything changes. The link works once, within thirty minutes.`,
	verify: "Confirm my address",
	verifyIgnore:
		"If it wasn’t you, you can ignore this e-mail: nothing more will be sent, and this address will be deleted within the hour.",
	approvedSubject: (title: string) => `Your comment on “${title}” was approved`,
	approvedLead: (title: string) => `Your comment on “${title}” was approved and is now public.`,
	receiptSubject: (title: string) => `Your comment on “${title}”`,
	receiptLead: (title: string, site: string) =>
		`Someone, probably you, left a comment on “${title}” at ${site} and gave this address.`,
	receiptWaiting: "It is waiting for approval and not visible to others yet.",
	editComment: "Edit or delete the comment",
	editCommentHint: "Anyone with this link can do so; keep it to yourself.",
	receiptRepliesRequested:
		"They also asked for replies to be sent to this address. If you want that, please confirm with the link below within two days.",
	receiptFooter: (site: string) =>
		`You’re receiving this once, because this address was given with the comment. ${site} won’t send anything else about it unless you ask for it.`,
	viewOverview: "View the overview",
	warning: {
		notices: "notifications cannot be sent",
		cron: "the cron trigger is not running",
		database_size: "the database is nearly full",
		requests: "80% of the day’s requests are used",
		rows_read: "80% of the database rows that may be read in a day are used",
		rows_written: "80% of the database rows that may be written in a day are used",
		errors: "many errors within ten minutes",
		spam: "many spam or held comments within ten minutes",
	},
	warningOver: {
		notices: "notifications are sent again",
		cron: "the cron trigger is running again",
		database_size: "the database has room again",
		requests: "the day’s requests are no longer nearly used up",
		rows_read: "the database rows that may be read in a day are no longer nearly used up",
		rows_written: "the database rows that may be written in a day are no longer nearly used up",
		errors: "the errors have stopped",
		spam: "the wave of spam or held comments is over",
	},
};

export type MailStrings = typeof en;
