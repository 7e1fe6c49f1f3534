import { featuresOf } from "./features.ts";
import { seedComments } from "./seed-comments.ts";
import { count, noWeights, type Weights } from "./weights.ts";

let seed: Weights | null = null;

/** Returns the weights the classifier starts with, computed once per isolate. */
export function seedWeights(): Weights {
	if (seed === null) {
		seed = noWeights();
		for (const label of ["approved", "spam"] as const) {
			for (const line of seedComments[label]) {
				const [text = "", website = null] = line.split(" ← ");
				const links = [...(text.match(/https:\S+/g) ?? []), ...(website === null ? [] : [website])];
				count(seed, featuresOf({ name: "", website, text }, links), label, 1);
			}
		}
	}
	return seed;
}
