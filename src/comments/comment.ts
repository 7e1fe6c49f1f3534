import type { Tallies } from "../reactions/tallies.ts";

/** The states of a comment: public, awaiting approval, rejected as spam, or deleted. */
export const commentStates = ["published", "held", "spam", "deleted"] as const;
export type CommentState = (typeof commentStates)[number];

/** A comment as readers see it. */
export type Comment = {
	id: number;
	parentId: number | null;
	/** The parent's author while the parent is public; null for a comment on the post itself. */
	parentName: string | null;
	state: CommentState;
	name: string;
	website: string | null;
	/** Sanitized HTML, rendered from the source when it was saved. */
	html: string;
	/** BCP 47 tag of the text, or null when it cannot be detected. */
	lang: string | null;
	tallies: Tallies;
	/** Epoch milliseconds. */
	createdAt: number;
	/** When it was first published (epoch milliseconds), or null. */
	publishedAt: number | null;
	/** Epoch milliseconds of its author's last edit, or null. */
	editedAt: number | null;
	/** Written in the admin, as the blog. */
	byAuthor: boolean;
	/** Signed with a name verified as the author's. */
	verified: boolean;
};
