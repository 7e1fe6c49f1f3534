import { finding, type Rule } from "../rule.ts";

/** Milliseconds in which no person reads a form, writes a text with a link and sends it. */
const minElapsed = 3_000;

/** Holds a comment sent right after the form was rendered, if it has a link: a quick "thanks" advertises nothing. */
export const tooFast: Rule = ({ formSignals: { elapsed }, links }) =>
	elapsed !== null && elapsed < minElapsed && links.length > 0
		? finding("too_fast", "hold", (elapsed / 1000).toFixed(1))
		: null;
