import { seedWeights } from "./seed.ts";
import { featureSlot, type Weights } from "./weights.ts";

/** The probability of spam, from 0 to 1, and the features that raise it most. */
export type Classification = { spam: number; topFeatures: readonly string[] };

/** Most features that count; the rest of a long comment would outweigh them. */
const maxDecidingFeatures = 24;

/** Weight of a trait relative to a word: legitimate commenters have links and websites too. */
const traitFactor = 0.3;

const isTrait = (feature: string) => feature.startsWith("<");

/** Most features named in an explanation. */
const maxTopFeatures = 4;

/**
 * Scores features by naive Bayes, with weights trained on this blog's decisions added to a small seed. A feature weighs by
 * the ratio of its frequencies in the two classes, and less while it is rare.
 */
export function spamScore(features: readonly string[], trained: Weights): Classification {
	const seed = seedWeights();
	const total = {
		approved: trained.comments.approved + seed.comments.approved,
		spam: trained.comments.spam + seed.comments.spam,
	};
	const weighted = features
		.map((feature) => {
			const slot = featureSlot(feature);
			const approved = (trained.approved[slot] ?? 0) + (seed.approved[slot] ?? 0);
			const spam = (trained.spam[slot] ?? 0) + (seed.spam[slot] ?? 0);
			const seen = approved + spam;
			const ratio = (spam + 0.5) / (total.spam + 1) / ((approved + 0.5) / (total.approved + 1));
			const weight = (Math.log(ratio) * seen) / (seen + 1);
			return { feature, weight: isTrait(feature) ? weight * traitFactor : weight };
		})
		.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
		.slice(0, maxDecidingFeatures);
	const sum = weighted.reduce((total, { weight }) => total + weight, 0);
	return {
		spam: 1 / (1 + Math.exp(-sum)),
		topFeatures: weighted
			.filter(({ weight }) => weight > 0)
			.slice(0, maxTopFeatures)
			.map(({ feature }) => feature),
	};
}
