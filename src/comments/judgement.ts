import type { CommentState } from "./comment.ts";

/** What a rule would have done with a comment that it does not want published as it is. */
export type Verdict = "hold" | "spam";

/** Why a comment was not simply published: the rule's name, and what it found, such as the word. */
export type Finding = { rule: string; verdict: Verdict; detail: string };

/** The state a comment starts in, and why. */
export type Judgement = { state: CommentState; findings: readonly Finding[] };
