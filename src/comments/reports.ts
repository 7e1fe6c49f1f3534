/** A reader's report of a public comment. */
export type NewReport = {
	commentId: number;
	/** Keyed digest of the reader's network, or null when unknown. */
	network: string | null;
	/** Why, as typed; "" for no reason. */
	reason: string;
	/** Epoch milliseconds. */
	now: number;
};

/** Characters of a reason (code points), and reports of one comment that are stored. */
export const reportLimits = { reason: 500, comment: 20 } as const;

/** Days for which a report is kept. */
export const reportDays = 30;

/** The reports of comments. */
export type ReportRepository = {
	/** Stores a report, unless its network has reported the comment, or so many have that more say nothing new. */
	add(report: NewReport): Promise<void>;
	/** Deletes reports made before an instant. */
	prune(before: number): Promise<void>;
};

/** Parses a reason; null for one that is too long. */
export function parseReason(typed: string): string | null {
	const reason = typed.trim();
	return [...reason].length > reportLimits.reason ? null : reason;
}
