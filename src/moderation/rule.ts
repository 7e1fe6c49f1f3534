import type { Finding, Judgement, Verdict } from "../comments/judgement.ts";
import type { Submission } from "../comments/submit.ts";
import type { History } from "./history.ts";
import type { Standards } from "./standards.ts";

/** A comment to be judged, with what is known of the past. */
export type Candidate = Omit<Submission, "formKey" | "parentId"> & {
	languages: Languages;
	history: History;
	/** Whether its network has just sent more than the platform's rate limit allows. */
	overLimit: boolean;
};

/** What is spoken here (BCP 47 tags): in the post, and anywhere on the blog. */
export type Languages = { post: string; site: readonly string[] };

/** A small pure function over a candidate; null when it has nothing against it. */
export type Rule = (candidate: Candidate, standards: Standards) => Finding | null;

/** Asks every rule; the strictest verdict wins, and a comment nobody has anything against is published. */
export function judgeByRules(rules: readonly Rule[], candidate: Candidate, standards: Standards): Judgement {
	return judgementOf(
		rules.map((rule) => rule(candidate, standards)).filter((finding): finding is Finding => finding !== null),
	);
}

/** What findings come to. */
export function judgementOf(findings: readonly Finding[]): Judgement {
	const isSpam = findings.some(({ verdict }) => verdict === "spam");
	const state = isSpam ? "spam" : findings.length > 0 ? "held" : "published";
	return { state, findings };
}

/** A rule's objection, and what it found. */
export const found = (rule: string, verdict: Verdict, detail: string | number = ""): Finding => ({
	rule,
	verdict,
	detail: String(detail),
});
