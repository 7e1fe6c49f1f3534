import { finding, type Rule } from "../rule.ts";

/**
 * Asks a first-time commenter's browser for about a second of computation while many comments arrive. A comment published
 * within the same minutes earns no exemption: a program could do the work once and go on.
 */
export const proofOfWork: Rule = (
	{ evidence: { recentOnSite: everywhere, knownEarlier } },
	{ proofLimit },
) => (everywhere >= proofLimit && !knownEarlier ? finding("proof_of_work", "hold", everywhere) : null);

/** Asks every first-time commenter to pass Turnstile, where it is set up. */
export const turnstile: Rule = ({ evidence: { known } }, { turnstile }) =>
	turnstile && !known ? finding("turnstile", "hold") : null;
