import type { ReactionKind } from "./kinds.ts";

/** What a reaction is given to: a post, or one of its comments. */
export type ReactionTarget = { postId: string; commentId: number | null };

/** What the domain asks of the place reactions are kept in. Both acts can be repeated without further effect. */
export type ReactionRepository = {
	/** Gives a visitor's reaction; false when the comment it is meant for is not on the page. */
	give(target: ReactionTarget, kind: ReactionKind, visitor: string, now: number): Promise<boolean>;
	/** Takes a visitor's reaction back. */
	takeBack(target: ReactionTarget, kind: ReactionKind, visitor: string): Promise<void>;
};
