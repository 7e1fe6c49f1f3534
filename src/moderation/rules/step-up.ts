import { found, type Rule } from "../rule.ts";

/**
 * While many comments come, the browser of a newcomer is asked for a second of arithmetic. Having had something published
 * within these same minutes makes nobody a friend: a program could do the work once and go on.
 */
export const proof: Rule = ({ history: { everywhere, knownBefore } }, { proofLimit }) =>
	everywhere >= proofLimit && !knownBefore ? found("proof", "hold", everywhere) : null;

/** Where Turnstile is set up, every newcomer is asked to pass it. */
export const turnstile: Rule = ({ history: { known } }, { turnstile }) =>
	turnstile && !known ? found("turnstile", "hold") : null;
