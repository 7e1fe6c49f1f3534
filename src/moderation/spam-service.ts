import type { RequestOrigin, Submission } from "../comments/submit.ts";
import type { Finding } from "../comments/verdict.ts";
import { finding } from "./rule.ts";

/** An external spam service's result, or the reason it could not be reached. */
export type SpamServiceAnswer = { verdict: "fine" | "spam" | "blatant_spam" } | { unreachable: string };

/** Checks a new comment with an external service; always resolves, within seconds. */
export type SpamService = (submission: Submission, origin: RequestOrigin) => Promise<SpamServiceAnswer>;

/** Converts an answer to a finding: "spam" holds the comment, only "blatant_spam" rejects it unseen. */
export function findingOf(answer: SpamServiceAnswer): Finding | null {
	if ("unreachable" in answer) return finding("akismet_unreachable", "hold", answer.unreachable);
	if (answer.verdict === "fine") return null;
	return finding("akismet", answer.verdict === "blatant_spam" ? "spam" : "hold");
}
