import { linksOf } from "../../comments/links.ts";
import { found, type Rule } from "../rule.ts";

/** Milliseconds in which nobody has read a form, written something with a link, and sent it. */
const tooSoon = 3_000;

/** Sent as soon as the form was made. Only with a link: a quick "thanks" is a person's, and advertises nothing. */
export const quick: Rule = ({ signs: { elapsed }, draft }) =>
	elapsed !== null && elapsed < tooSoon && linksOf(draft).length > 0
		? found("quick", "hold", (elapsed / 1000).toFixed(1))
		: null;
