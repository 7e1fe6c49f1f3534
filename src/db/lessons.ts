import type { D1Database } from "@cloudflare/workers-types";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { LessonRepository } from "../moderation/learning.ts";
import { comments, lessons } from "./schema.ts";

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

		async learn(learnt, hosts) {
			// One statement each, however many: an invocation may make fifty.
			await d1.batch([
				d1
					.prepare(
						`INSERT INTO lessons (comment_id, taught)
						SELECT value ->> 'commentId', value ->> 'lesson' FROM json_each(?) WHERE true
						ON CONFLICT (comment_id) DO UPDATE SET taught = excluded.taught`,
					)
					.bind(JSON.stringify(learnt.map(({ commentId, lesson }) => ({ commentId, lesson })))),
				d1
					.prepare(
						`INSERT INTO link_hosts (host, approved, spam)
						SELECT value ->> 'host', value ->> 'approved', value ->> 'spam' FROM json_each(?) WHERE true
						ON CONFLICT (host) DO UPDATE
						SET approved = max(0, approved + excluded.approved), spam = max(0, spam + excluded.spam)`,
					)
					.bind(JSON.stringify(hosts)),
			]);
		},
	};
}
