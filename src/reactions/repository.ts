import type { ReactionKind } from "./kinds.ts";
import type { Tallies } from "./tallies.ts";

/** The target of a reaction: a post, or one of its comments. */
export type ReactionTarget = { postId: string; commentId: number | null };

/** A reaction to add. */
export type Reaction = {
	target: ReactionTarget;
	kind: ReactionKind;
	visitor: string;
	/** Keyed digest of the network of a visitor without a cookie; null with one, or if the network is unknown. */
	network: string | null;
	/** Epoch milliseconds. */
	now: number;
};

/** Milliseconds within which a double click sends two POSTs, neither with a cookie. */
export const doubleClickWindow = 2_000;

/** The result of adding a reaction; adding it twice is `added` too. */
export type AddReactionResult = "added" | "no_comment";

/** Stores reactions. Adding and removing are idempotent. */
export type ReactionRepository = {
	/**
	 * Adds a visitor's reaction, unless the comment is not public. Without a cookie, the same reaction from the same network
	 * within `doubleClickWindow` is one, and becomes that of the later visitor, whose response the browser shows.
	 */
	add(reaction: Reaction): Promise<AddReactionResult>;
	/** Returns the number of reactions of each kind. */
	tallies(target: ReactionTarget): Promise<Tallies>;
	/** Removes a visitor's reaction. */
	remove(target: ReactionTarget, kind: ReactionKind, visitor: string): Promise<void>;
};
