import { seedWeights } from "./seed.ts";
import { slotOf, type Weights } from "./weights.ts";

/** How likely a comment is spam, from 0 to 1, and the features that say so most. */
export type Likeness = { spam: number; telling: readonly string[] };

/** Features that decide; the rest of a long comment would only drown them. */
const deciding = 24;

/** How much a trait of shape counts against a word: friends have links and websites too. */
const traitShare = 0.3;

const isTrait = (feature: string) => feature.startsWith("<");

/** Features named in an explanation. */
const named = 4;

/**
 * Naive Bayes over the features of a comment: what this blog's decisions taught, on top of a small seed. A feature weighs
 * by how much more often it was seen in one class, and less while it was seen seldom.
 */
export function likenessOf(features: readonly string[], learnt: Weights): Likeness {
	const seed = seedWeights();
	const total = {
		approved: learnt.comments.approved + seed.comments.approved,
		spam: learnt.comments.spam + seed.comments.spam,
	};
	const weighed = features
		.map((feature) => {
			const slot = slotOf(feature);
			const approved = (learnt.approved[slot] ?? 0) + (seed.approved[slot] ?? 0);
			const spam = (learnt.spam[slot] ?? 0) + (seed.spam[slot] ?? 0);
			const seen = approved + spam;
			const ratio = (spam + 0.5) / (total.spam + 1) / ((approved + 0.5) / (total.approved + 1));
			const weight = (Math.log(ratio) * seen) / (seen + 1);
			return { feature, weight: isTrait(feature) ? weight * traitShare : weight };
		})
		.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
		.slice(0, deciding);
	const sum = weighed.reduce((so, { weight }) => so + weight, 0);
	return {
		spam: 1 / (1 + Math.exp(-sum)),
		telling: weighed
			.filter(({ weight }) => weight > 0)
			.slice(0, named)
			.map(({ feature }) => feature),
	};
}
