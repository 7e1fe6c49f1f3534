import type { Budget } from "../budget.ts";
import type { Draft } from "../comments/draft.ts";
import { linksOf, linkTargetsOf } from "../comments/links.ts";
import { featuresOf } from "./features.ts";
import { count, type Label, type Weights } from "./weights.ts";

/** A decided comment whose label differs from the one the classifier was trained with. */
export type TrainingExample = {
	commentId: number;
	label: Label | null;
	trainedLabel: Label | null;
	draft: Pick<Draft, "name" | "website" | "text">;
	html: string;
};

/** The change in how many approved and spam comments link to a target. */
export type TargetCountChange = { target: string; approved: number; spam: number };

/** The trained weights; the revision detects concurrent training. */
export type ClassifierModel = { revision: number; weights: Weights };

/** The stored training examples and the model. */
export type TrainingRepository = {
	/** Lists at most `limit` examples the model is not yet trained on. */
	pending(limit: number): Promise<readonly TrainingExample[]>;
	model(): Promise<ClassifierModel>;
	/**
	 * Stores the model and marks its examples as trained, all or nothing: nothing when the stored revision is no longer the
	 * one it was trained from.
	 */
	train(
		examples: readonly TrainingExample[],
		targets: readonly TargetCountChange[],
		model: ClassifierModel,
	): Promise<void>;
};

/** Examples trained in one run of the cron trigger, as many as it has the time for. */
const batchSize = 20;

/** Trains the classifier on new decisions, and removes the old label of reversed ones. */
export async function trainOnDecisions(repository: TrainingRepository, budget: Budget): Promise<void> {
	if (!budget.take({ statements: 5, rows: 1000 })) return;
	const pending = await repository.pending(batchSize);
	if (pending.length === 0) return;
	const examples = await Promise.all(
		pending.map(async (example) => ({
			...example,
			links: await linksOf({ html: example.html, website: example.draft.website }),
		})),
	);
	const model = await repository.model();
	for (const { label, trainedLabel, draft, links } of examples) {
		const features = featuresOf(draft, links);
		if (trainedLabel !== null) count(model.weights, features, trainedLabel, -1);
		if (label !== null) count(model.weights, features, label, 1);
	}
	await repository.train(pending, targetChanges(examples), model);
}

function targetChanges(
	examples: readonly (Pick<TrainingExample, "label" | "trainedLabel"> & { links: readonly string[] })[],
): TargetCountChange[] {
	const changes = new Map<string, TargetCountChange>();
	for (const { label, trainedLabel, links } of examples) {
		for (const target of linkTargetsOf(links)) {
			const change = changes.get(target) ?? { target, approved: 0, spam: 0 };
			if (label !== null) change[label] += 1;
			if (trainedLabel !== null) change[trainedLabel] -= 1;
			changes.set(target, change);
		}
	}
	return [...changes.values()];
}
