// SQL text: training is one batch of upserts from JSON, each on condition that the classifier is the one it was read from.
import type { D1Database } from "@cloudflare/workers-types";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TrainingRepository } from "../moderation/training.ts";
import { decodeWeights, encodeWeights, noWeights } from "../moderation/weights.ts";
import { classifier, comments, trainingExamples } from "./schema.ts";
import { statement } from "./statement.ts";

/** The condition that nothing was trained since the revision. */
const unchanged = "coalesce((SELECT revision FROM classifier WHERE id = 1), 0) = :revision";

const markTrained = statement<{ examples: string; revision: number }>(
	`INSERT INTO training_examples (comment_id, trained_label)
	SELECT value ->> 'commentId', value ->> 'label' FROM json_each(:examples) WHERE ${unchanged}
	ON CONFLICT (comment_id) DO UPDATE SET trained_label = excluded.trained_label`,
);

const countTargets = statement<{ targets: string; revision: number }>(
	`INSERT INTO link_targets (target, approved, spam)
	SELECT value ->> 'target', value ->> 'approved', value ->> 'spam' FROM json_each(:targets) WHERE ${unchanged}
	ON CONFLICT (target) DO UPDATE
	SET approved = max(0, approved + excluded.approved), spam = max(0, spam + excluded.spam)`,
);

const saveWeights = statement<{ weights: string; approved: number; spam: number; revision: number }>(
	`INSERT INTO classifier (id, revision, weights, approved, spam)
	SELECT 1, 1, :weights, :approved, :spam WHERE ${unchanged}
	ON CONFLICT (id) DO UPDATE SET revision = revision + 1, weights = excluded.weights,
		approved = excluded.approved, spam = excluded.spam`,
);

/** Training examples and the classifier in D1. A trigger records the decisions. */
export function trainingRepository(d1: D1Database): TrainingRepository {
	const db = drizzle(d1);

	return {
		async pending(limit) {
			const rows = await db
				.select({
					commentId: trainingExamples.commentId,
					label: trainingExamples.label,
					trainedLabel: trainingExamples.trainedLabel,
					name: comments.name,
					website: comments.website,
					text: comments.source,
					html: comments.html,
				})
				.from(trainingExamples)
				.innerJoin(comments, eq(comments.id, trainingExamples.commentId))
				.where(sql`label IS NOT trained_label`)
				.limit(limit);
			return rows.map(({ commentId, label, trainedLabel, html, ...draft }) => ({
				commentId,
				label,
				trainedLabel,
				draft,
				html,
			}));
		},

		async model() {
			const [row] = await db.select().from(classifier).where(eq(classifier.id, 1));
			if (row === undefined) return { revision: 0, weights: noWeights() };
			const { revision, weights, approved, spam } = row;
			return { revision, weights: decodeWeights(weights, { approved, spam }) };
		},

		async train(due, targets, { revision, weights }) {
			const { approved, spam } = weights.comments;
			const examples = JSON.stringify(due.map(({ commentId, label }) => ({ commentId, label })));
			// One statement each, however many there are: an invocation may make fifty. The last one raises the revision.
			await d1.batch([
				markTrained.bind(d1, { examples, revision }),
				countTargets.bind(d1, { targets: JSON.stringify(targets), revision }),
				saveWeights.bind(d1, { weights: encodeWeights(weights), approved, spam, revision }),
			]);
		},
	};
}
