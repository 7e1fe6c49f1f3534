import { spamScore } from "../classifier.ts";
import { featuresOf } from "../features.ts";
import { finding, type Rule } from "../rule.ts";

/** The spam scores from which a comment is held, and from which it is rejected. */
const limits = { hold: 0.93, spam: 0.998 } as const;

/** Trained decisions before the classifier may reject a comment: in all, and of each kind. */
const minTrained = { all: 30, each: 10 } as const;

/** Holds or rejects a first-time comment that resembles spam. The finding names the features that count most. */
export const classifier: Rule = ({ draft, links, evidence: { known, weights } }) => {
	if (known) return null;
	const { spam, topFeatures } = spamScore(featuresOf(draft, links), weights);
	if (spam < limits.hold) return null;
	const { comments } = weights;
	const isTrained =
		comments.approved + comments.spam >= minTrained.all &&
		Math.min(comments.approved, comments.spam) >= minTrained.each;
	const verdict = spam >= limits.spam && isTrained ? "spam" : "hold";
	return finding("classifier", verdict, `${Math.floor(spam * 100)}%: ${topFeatures.join(", ")}`);
};
