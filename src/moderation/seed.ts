import { featuresOf } from "./features.ts";
import { seedComments } from "./seed-comments.ts";
import { count, noWeights, type Weights } from "./weights.ts";

let seed: Weights | null = null;

/** What the classifier knows before anybody has decided anything; worked out once an isolate. */
export function seedWeights(): Weights {
	if (seed === null) {
		seed = noWeights();
		for (const lesson of ["approved", "spam"] as const) {
			for (const line of seedComments[lesson]) {
				const [text = "", website = null] = line.split(" ← ");
				count(seed, featuresOf({ name: "", website, text }), lesson, 1);
			}
		}
	}
	return seed;
}
