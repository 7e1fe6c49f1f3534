import type { ReactionKind } from "./kinds.ts";
import type { Tallies } from "./tallies.ts";

/** The target of a reaction: a post, or one of its comments. */
export type ReactionTarget = { postId: string; commentId: number | null };

/** A reaction to add. */
export type Reaction = {
	target: ReactionTarget;
	kind: ReactionKind;
	visitor: string;
	/** Epoch milliseconds. */
	now: number;
};

/** The result of adding a reaction; adding it twice is `added` too. */
export type AddReactionResult = "added" | "no_comment";

/** Stores reactions. Adding and removing are idempotent. */
export type ReactionRepository = {
	/** Adds a visitor's reaction, unless the comment is not public. */
	add(reaction: Reaction): Promise<AddReactionResult>;
	/** Returns the number of reactions of each kind. */
	tallies(target: ReactionTarget): Promise<Tallies>;
	/** Removes a visitor's reaction. */
	remove(target: ReactionTarget, kind: ReactionKind, visitor: string): Promise<void>;
};
