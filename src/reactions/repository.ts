import type { ReactionKind } from "./kinds.ts";
import type { Newcomer } from "./newcomer.ts";
import type { Tallies } from "./tallies.ts";

/** What a reaction is given to: a post, or one of its comments. */
export type ReactionTarget = { postId: string; commentId: number | null };

/** A reaction to be given: `newcomer` is null for a visitor who has a cookie, or who cannot be counted. */
export type Reaction = {
	target: ReactionTarget;
	kind: ReactionKind;
	visitor: string;
	newcomer: Newcomer | null;
	/** Epoch milliseconds. */
	now: number;
};

/** What became of a reaction; one given before is given still. */
export type Given = "given" | "no_comment" | "too_many";

/** What the domain asks of the place reactions are kept in. Both acts can be repeated without further effect. */
export type ReactionRepository = {
	/** Gives a visitor's reaction, unless the comment is not on the page or their network has sent too many newcomers. */
	give(reaction: Reaction): Promise<Given>;
	/** How many gave each kind. */
	tallies(target: ReactionTarget): Promise<Tallies>;
	/** Takes a visitor's reaction back. */
	takeBack(target: ReactionTarget, kind: ReactionKind, visitor: string): Promise<void>;
};
