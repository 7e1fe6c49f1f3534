import type { CommentState } from "./comment.ts";

/** The action a finding demands: hold the comment for approval, or reject it as spam. */
export type Verdict = "hold" | "spam";

/** A reason not to publish a comment: the rule's name, and a detail such as the word found. */
export type Finding = { rule: string; verdict: Verdict; detail: string };

/** A check the commenter's browser can pass by itself, named after the rule that demands it. */
export type Challenge = (typeof challenges)[number];

const challenges = ["proof_of_work", "turnstile"] as const;

/** Returns the challenge that is a comment's only finding; null when a moderator has to decide. */
export function challengeFor(findings: readonly Finding[]): Challenge | null {
	const [first, ...others] = findings;
	return others.length > 0 ? null : (challenges.find((challenge) => challenge === first?.rule) ?? null);
}

/** The initial state of a comment, and the reasons. */
export type Judgement = { state: CommentState; findings: readonly Finding[] };
