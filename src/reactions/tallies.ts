import type { ReactionKind } from "./kinds.ts";

/** How many visitors gave each kind; a kind nobody gave is absent. */
export type Tallies = Partial<Record<ReactionKind, number>>;
