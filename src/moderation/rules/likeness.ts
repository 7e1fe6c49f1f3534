import { likenessOf } from "../classifier.ts";
import { featuresOf } from "../features.ts";
import { found, type Rule } from "../rule.ts";

/** From which likeness a comment waits, and from which it is thrown out. */
const limits = { hold: 0.93, spam: 0.998 } as const;

/** Decisions of this blog's own before the classifier may throw anything out. */
const experience = 30;

/** A newcomer's comment that reads like what was called spam. The finding names the words that say so most. */
export const likeness: Rule = ({ draft, history: { known, weights } }) => {
	if (known) return null;
	const { spam, telling } = likenessOf(featuresOf(draft), weights);
	if (spam < limits.hold) return null;
	const taught = weights.comments.approved + weights.comments.spam;
	const verdict = spam >= limits.spam && taught >= experience ? "spam" : "hold";
	return found("likeness", verdict, `${Math.floor(spam * 100)}%: ${telling.join(", ")}`);
};
