import type { ReactionKind } from "../reactions/kinds.ts";
import type { EarlierVersion, WrittenComment } from "./authorship.ts";

/** A reaction a visitor gave; `commentId` is null for one to the post itself. */
export type GivenReaction = {
	postId: string;
	commentId: number | null;
	kind: ReactionKind;
	createdAt: number;
};

/** A visitor's comments, newest first; `next` is where the next page begins, or null on the last. */
export type OwnComments = { comments: readonly WrittenComment[]; next: number | null };

/** Everything the conversation holds about a visitor. */
export type HeldAboutVisitor = {
	comments: readonly (WrittenComment & { earlierVersions: readonly EarlierVersion[] })[];
	reactions: readonly GivenReaction[];
	/** What they asked to hear of by mail; `commentId` is null for a whole thread. */
	subscriptions: readonly {
		postId: string;
		commentId: number | null;
		email: string;
		confirmedAt: number | null;
	}[];
};

/** What the domain asks of the store on behalf of one visitor: to show, hand over, delete or forget. */
export type VisitorRepository = {
	/** At most `limit` of a visitor's comments older than `before`, and how many reactions they gave. */
	page(
		visitor: string,
		before: number | null,
		limit: number,
	): Promise<OwnComments & { reactionCount: number; subscriptionCount: number }>;
	everything(visitor: string): Promise<HeldAboutVisitor>;
	/** Takes every comment and reaction back. */
	deleteAll(visitor: string, at: number): Promise<void>;
	/** Leaves the comments and reactions and forgets whose they were, their addresses with it. */
	forget(visitor: string): Promise<void>;
};
