import { seedWeights } from "./seed.ts";
import { featureSlot, type Label, type Weights } from "./weights.ts";

/** The probability of spam, from 0 to 1, and the features that raise it most. */
export type Classification = { spam: number; topFeatures: readonly string[] };

type Counts = Readonly<Record<Label, number>>;

/** Most features that count; the rest of a long comment would outweigh them. */
const maxDecidingFeatures = 24;

/** Weight of a trait relative to a word: legitimate commenters have links and websites too. */
const traitFactor = 0.3;

const isTrait = (feature: string) => feature.startsWith("<");

/** Most features named in an explanation. */
const maxTopFeatures = 4;

/**
 * Scores features by naive Bayes. A feature weighs by the ratio of its frequencies in the two classes, and less while it is
 * rare. The seed counts in full; what this blog's decisions add to it is limited by how much they can tell.
 */
export function spamScore(features: readonly string[], trained: Weights): Classification {
	const seed = seedWeights();
	const together = {
		approved: trained.comments.approved + seed.comments.approved,
		spam: trained.comments.spam + seed.comments.spam,
	};
	const limit = learnedLimit(trained.comments);
	const weighted = features
		.map((feature) => {
			const slot = featureSlot(feature);
			const seeded = { approved: seed.approved[slot] ?? 0, spam: seed.spam[slot] ?? 0 };
			const all = {
				approved: seeded.approved + (trained.approved[slot] ?? 0),
				spam: seeded.spam + (trained.spam[slot] ?? 0),
			};
			const assumed = weightOf(seeded, seed.comments);
			const learned = weightOf(all, together) - assumed;
			const weight = assumed + Math.max(-limit, Math.min(limit, learned));
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

/** Returns the logarithm of how much more frequent a feature is in spam, reduced while it was seen in few comments. */
function weightOf(seen: Counts, total: Counts): number {
	const ratio = (seen.spam + 0.5) / (total.spam + 1) / ((seen.approved + 0.5) / (total.approved + 1));
	const count = seen.approved + seen.spam;
	return (Math.log(ratio) * count) / (count + 1);
}

/**
 * Returns the most that decisions may add to a feature's weight. It grows with the rarer kind of decision: however many
 * comments were marked as spam, they do not tell how common a word is in others.
 */
function learnedLimit({ approved, spam }: Counts): number {
	return 0.4 + 0.7 * Math.log(1 + Math.min(approved, spam));
}
