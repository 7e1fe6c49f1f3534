import type { Submission } from "../comments/submit.ts";
import type { Finding, Judgement, Verdict } from "../comments/verdict.ts";
import type { Script } from "../text/scripts.ts";
import type { Evidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";

/** A comment to be judged, with the evidence about it. */
export type Candidate = Omit<Submission, "formKey" | "parentId" | "html" | "log"> & {
	/** The URLs the comment leads to (`linksOf`), the last of them its author's website. */
	links: readonly string[];
	/** All its text folded (`foldDraft`), in which the rules look for blocked words. */
	folded: string;
	languages: Languages;
	evidence: Evidence;
	/** Whether its network has just exceeded the platform's rate limit. */
	overLimit: boolean;
};

/** The languages (BCP 47 tags) of the post and of the whole blog, and the scripts its posts contain besides. */
export type Languages = { post: string; site: readonly string[]; scripts: readonly Script[] };

/** A pure function over a candidate; returns null when it has no objection. */
export type Rule = (candidate: Candidate, policy: Policy) => Finding | null;

/** Applies every rule; the strictest verdict wins, and a comment without findings is published. */
export function judgeByRules(rules: readonly Rule[], candidate: Candidate, policy: Policy): Judgement {
	const findings = rules
		.map((rule) => rule(candidate, policy))
		.filter((finding): finding is Finding => finding !== null);
	return strictestVerdict(isByKnown(candidate) ? findings.map(holdAtMost) : findings);
}

/** Whether the author has a published comment, which may be the one that is judged again. */
export function isByKnown({ evidence, replaces }: Pick<Candidate, "evidence" | "replaces">): boolean {
	return evidence.known || replaces?.state === "published";
}

/** Returns a finding that holds a comment instead of rejecting it, unless a person blocked its author. */
export function holdAtMost(finding: Finding): Finding {
	return isBlock(finding) ? finding : { ...finding, verdict: "hold" };
}

const isBlock = ({ rule }: Finding) => rule === "blocked_visitor" || rule === "blocked_email";

/** Returns the judgement that findings amount to. */
export function strictestVerdict(findings: readonly Finding[]): Judgement {
	const isSpam = findings.some(({ verdict }) => verdict === "spam");
	const state = isSpam ? "spam" : findings.length > 0 ? "held" : "published";
	return { state, findings };
}

/** Creates a finding: the rule's name, its verdict, and a detail such as the word found. */
export const finding = (rule: string, verdict: Verdict, detail: string | number = ""): Finding => ({
	rule,
	verdict,
	detail: String(detail),
});
