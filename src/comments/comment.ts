import type { Tallies } from "../reactions/tallies.ts";

/** Where a comment stands: on the page, waiting for approval, refused as spam, or taken back. */
export type CommentState = "published" | "held" | "spam" | "deleted";

/** A comment as a reader sees it. */
export type Comment = {
	id: number;
	parentId: number | null;
	/** The parent's name while it is on the page; null for a comment on the post itself. */
	parentName: string | null;
	state: CommentState;
	name: string;
	website: string | null;
	/** Safe HTML, made from the source when it was written. */
	html: string;
	/** BCP 47 tag of the text where it can be told, else null. */
	lang: string | null;
	tallies: Tallies;
	/** Epoch milliseconds. */
	createdAt: number;
	/** When its author last changed it (epoch milliseconds), or null. */
	editedAt: number | null;
	/** Written from the desk, by someone who answers for the blog. */
	byAuthor: boolean;
	/** Under a name that nobody but its writer may take. */
	verified: boolean;
};
