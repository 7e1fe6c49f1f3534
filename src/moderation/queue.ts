import type { CommentState } from "../comments/comment.ts";
import type { Finding } from "../comments/verdict.ts";

/** The filters of the moderation queue. */
export type QueueFilter = {
	/** Null for every state. */
	state: CommentState | null;
	/** Whether only public comments that readers reported are listed; absent for all. */
	reported?: boolean;
	postId: string | null;
	/** The visitor id of one commenter. */
	visitor: string | null;
	/** Search words, each of which has to occur in the text, name, e-mail or website. */
	words: readonly string[];
	/** Epoch milliseconds: from `from` inclusive, to `to` exclusive. */
	from: number | null;
	to: number | null;
	/** Cursor: the page begins after the comment of this id, in the order shown. */
	after: number | null;
};

/** A comment as moderators see it. */
export type ModeratedComment = {
	id: number;
	postId: string;
	state: CommentState;
	name: string;
	email: string | null;
	website: string | null;
	visitor: string;
	source: string;
	html: string;
	lang: string | null;
	/** Written in the admin, as the blog. */
	byAuthor: boolean;
	/** Signed with a name verified as the author's. */
	verified: boolean;
	pinned: boolean;
	createdAt: number;
	editedAt: number | null;
	/** The number of the version of its words. */
	version: number;
	/** The reasons the rules did not publish it; empty when they did. */
	findings: readonly Finding[];
	parent: { id: number; name: string; source: string } | null;
	/** The open reports of readers. */
	reports: ReportSummary;
	/** The author's comments by state. */
	history: CommenterHistory;
};

/** How many readers reported a comment, and the reasons that some of them gave. */
export type ReportSummary = { count: number; reasons: readonly string[] };

/** How many of a commenter's latest comments are in each state, this one included. */
export type CommenterHistory = Readonly<Record<CommentState, number>>;

/** How many comments one rule rejected. */
export type SpamCount = { rule: string; count: number };

/** The comments as moderators read them. Read-only: states change through `CommentRepository.decide`. */
export type ModerationQueue = {
	/**
	 * Lists at most `limit` comments: held ones oldest first, others newest first. A search looks at a bounded number of
	 * comments; `next` then continues it, even if it has found none.
	 */
	list(
		filter: QueueFilter,
		limit: number,
	): Promise<{ comments: readonly ModeratedComment[]; next: number | null }>;
	find(id: number): Promise<ModeratedComment | null>;
	/** Returns the comments of these ids that exist. */
	findAll(ids: readonly number[]): Promise<readonly ModeratedComment[]>;
	/** Counts the held comments, at most `maxHeldCount`. */
	countHeld(): Promise<number>;
	/** Counts the public comments that readers reported, at most `maxHeldCount`. */
	countReported(): Promise<number>;
	/** Counts the spam, at most `maxSpamCount`, by the rule that rejected it; "" where a person did. The most come first. */
	countSpam(): Promise<readonly SpamCount[]>;
};

/** The highest number of waiting comments that is counted. */
export const maxHeldCount = 1000;

/** The highest number of spam comments that is counted, the reason of each being read. */
export const maxSpamCount = 200;

/** Returns the spellings of a search word, in either width and with accents composed or not: the database compares bytes. */
export function spellingsOf(word: string): readonly string[] {
	const folded = word.normalize("NFKC");
	const wide = folded.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
	return [...new Set([word, folded, folded.normalize("NFD"), wide])];
}
