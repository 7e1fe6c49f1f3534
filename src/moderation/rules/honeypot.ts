import { finding, type Rule } from "../rule.ts";

/** Rejects a form whose hidden field is filled: people do not see it, bots fill in every field, and some browsers too. */
export const honeypot: Rule = ({ formSignals }) =>
	formSignals.honeypotFilled ? finding("honeypot", "spam") : null;
