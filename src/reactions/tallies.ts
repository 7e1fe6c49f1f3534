import type { ReactionKind } from "./kinds.ts";

/** The number of reactions of each kind; kinds without any are absent. */
export type Tallies = Partial<Record<ReactionKind, number>>;
