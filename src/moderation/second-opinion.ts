import type { Finding } from "../comments/judgement.ts";
import type { Arrival, Submission } from "../comments/submit.ts";
import { found } from "./rule.ts";

/** What somebody else makes of a comment, or why they could not be asked. */
export type Opinion = { says: "fine" | "spam" | "blatant_spam" } | { unreachable: string };

/** Asks somebody else about a comment that has just come; gives an answer whatever happens, within seconds. */
export type SecondOpinion = (submission: Submission, arrival: Arrival) => Promise<Opinion>;

/** An opinion as a finding. It makes a comment wait; only what its giver would throw away unseen is spam. */
export function findingOf(opinion: Opinion): Finding | null {
	if ("unreachable" in opinion) return found("akismet_unreachable", "hold", opinion.unreachable);
	if (opinion.says === "fine") return null;
	return found("akismet", opinion.says === "blatant_spam" ? "spam" : "hold");
}
