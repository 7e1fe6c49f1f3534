import type { ReactionKind } from "../reactions/kinds.ts";
import type { EarlierVersion, WrittenComment } from "./own-comments.ts";

/** A reaction a visitor gave; `commentId` is null for one to the post itself. */
export type GivenReaction = {
	postId: string;
	commentId: number | null;
	kind: ReactionKind;
	createdAt: number;
};

/** A visitor's comments, newest first; `next` is the cursor of the next page, or null on the last. */
export type OwnComments = { comments: readonly WrittenComment[]; next: number | null };

/** All data stored about a visitor. */
export type VisitorExport = {
	comments: readonly (WrittenComment & { earlierVersions: readonly EarlierVersion[] })[];
	reactions: readonly GivenReaction[];
	/** E-mail subscriptions; `commentId` is null for a whole thread. */
	subscriptions: readonly {
		postId: string;
		commentId: number | null;
		email: string;
		confirmedAt: number | null;
	}[];
};

/**
 * The comments that a redaction changed, and whether it is complete. A visitor may have more than one request can change: the
 * next redaction of the same visitor continues, and nobody may be told before that it is done.
 */
export type RedactionResult = { changed: number; complete: boolean };

/** One visitor's data: to show, export, erase or anonymize. */
export type VisitorRepository = {
	/** Lists at most `limit` of a visitor's comments older than `before`, with their numbers of reactions and subscriptions. */
	page(
		visitor: string,
		before: number | null,
		limit: number,
	): Promise<OwnComments & { reactionCount: number; subscriptionCount: number }>;
	exportAll(visitor: string): Promise<VisitorExport>;
	/** Erases every comment and removes every reaction. */
	eraseAll(visitor: string, at: number): Promise<RedactionResult>;
	/** Keeps comments and reactions but removes their link to the visitor, and e-mail addresses. */
	anonymize(visitor: string, at: number): Promise<RedactionResult>;
};
