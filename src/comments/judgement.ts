import type { CommentState } from "./comment.ts";

/** What a rule would have done with a comment that it does not want published as it is. */
export type Verdict = "hold" | "spam";

/** Why a comment was not simply published: the rule's name, and what it found, such as the word. */
export type Finding = { rule: string; verdict: Verdict; detail: string };

/** What a commenter's browser can do by itself about an objection, named as the rule that makes it. */
export type StepUp = (typeof stepUps)[number];

const stepUps = ["proof", "turnstile"] as const;

/** The step that a comment waits for when nothing else was found; null when a person has to look. */
export function stepUpFor(findings: readonly Finding[]): StepUp | null {
	const [first, ...others] = findings;
	return others.length > 0 ? null : (stepUps.find((step) => step === first?.rule) ?? null);
}

/** The state a comment starts in, and why. */
export type Judgement = { state: CommentState; findings: readonly Finding[] };
