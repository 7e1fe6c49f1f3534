import type { D1Database } from "@cloudflare/workers-types";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { LessonRepository } from "../moderation/learning.ts";
import { decodeWeights, encodeWeights, noWeights } from "../moderation/weights.ts";
import { classifier, comments, lessons } from "./schema.ts";

/** Lessons in D1; triggers note the decisions they are learnt from. */
export function lessonRepository(d1: D1Database): LessonRepository {
	const db = drizzle(d1);

	return {
		async due(limit) {
			const rows = await db
				.select({
					commentId: lessons.commentId,
					lesson: lessons.lesson,
					taught: lessons.taught,
					name: comments.name,
					website: comments.website,
					text: comments.source,
				})
				.from(lessons)
				.innerJoin(comments, eq(comments.id, lessons.commentId))
				.where(sql`lesson IS NOT taught`)
				.limit(limit);
			return rows.map(({ commentId, lesson, taught, ...draft }) => ({ commentId, lesson, taught, draft }));
		},

		async learnt() {
			const [row] = await db.select().from(classifier).where(eq(classifier.id, 1));
			if (row === undefined) return { revision: 0, weights: noWeights() };
			const { revision, weights, approved, spam } = row;
			return { revision, weights: decodeWeights(weights, { approved, spam }) };
		},

		async learn(due, hosts, { revision, weights }) {
			const unchanged = "coalesce((SELECT revision FROM classifier WHERE id = 1), 0) = ?";
			const { approved, spam } = weights.comments;
			// One statement each, however many there are: an invocation may make fifty. The revision moves on in the last.
			await d1.batch([
				d1
					.prepare(
						`INSERT INTO lessons (comment_id, taught)
						SELECT value ->> 'commentId', value ->> 'lesson' FROM json_each(?) WHERE ${unchanged}
						ON CONFLICT (comment_id) DO UPDATE SET taught = excluded.taught`,
					)
					.bind(JSON.stringify(due.map(({ commentId, lesson }) => ({ commentId, lesson }))), revision),
				d1
					.prepare(
						`INSERT INTO link_hosts (host, approved, spam)
						SELECT value ->> 'host', value ->> 'approved', value ->> 'spam' FROM json_each(?) WHERE ${unchanged}
						ON CONFLICT (host) DO UPDATE
						SET approved = max(0, approved + excluded.approved), spam = max(0, spam + excluded.spam)`,
					)
					.bind(JSON.stringify(hosts), revision),
				d1
					.prepare(
						`INSERT INTO classifier (id, revision, weights, approved, spam)
						SELECT 1, 1, ?, ?, ? WHERE ${unchanged}
						ON CONFLICT (id) DO UPDATE SET revision = revision + 1, weights = excluded.weights,
							approved = excluded.approved, spam = excluded.spam`,
					)
					.bind(encodeWeights(weights), approved, spam, revision),
			]);
		},
	};
}
