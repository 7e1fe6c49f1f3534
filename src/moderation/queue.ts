import type { CommentState } from "../comments/comment.ts";
import type { Finding } from "../comments/judgement.ts";

/** Which comments the desk shows. */
export type QueueFilter = {
	/** Null for every state. */
	state: CommentState | null;
	postId: string | null;
	/** Everything one person wrote, by their visitor id. */
	visitor: string | null;
	/** Words that all have to occur in the text, name, e-mail or website. */
	words: readonly string[];
	/** Epoch milliseconds: from the first, to before the second. */
	from: number | null;
	to: number | null;
	/** Where the page begins: after the comment of this id, in the order shown. */
	after: number | null;
};

/** A comment as those who decide about it see it. */
export type DeskComment = {
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
	/** Written from the desk. */
	byAuthor: boolean;
	/** Under a name that nobody but its writer may take. */
	verified: boolean;
	pinned: boolean;
	createdAt: number;
	editedAt: number | null;
	/** Why the rules did not publish it; empty when they did. */
	findings: readonly Finding[];
	parent: { id: number; name: string; source: string } | null;
	/** What became of everything else this person wrote. */
	history: PersonHistory;
};

/** How many comments of a person stand in each state, this one included. */
export type PersonHistory = Readonly<Record<CommentState, number>>;

/** What the desk asks of the place comments are kept in. Reads only: states change through `CommentRepository.decide`. */
export type Desk = {
	/** At most `limit` comments; those waiting oldest first, others newest first. */
	list(
		filter: QueueFilter,
		limit: number,
	): Promise<{ comments: readonly DeskComment[]; next: number | null }>;
	find(id: number): Promise<DeskComment | null>;
	/** The comments of these ids that are there. */
	findAll(ids: readonly number[]): Promise<readonly DeskComment[]>;
	/** How many comments wait. */
	waiting(): Promise<number>;
};

/** Words to look for, each in the widths it may have been typed in, as the database compares bytes. */
export function spellingsOf(word: string): readonly string[] {
	const folded = word.normalize("NFKC");
	const wide = folded.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
	return [...new Set([word, folded, folded.normalize("NFD"), wide])];
}
