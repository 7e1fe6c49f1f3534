import type { D1Database } from "@cloudflare/workers-types";

/** The shape of a filled thread: branches of `branch` comments, a root and replies to it. */
export type ThreadShape = { postId: string; count: number; branch: number };

/** Fills a thread by SQL alone, some of its roots with reactions; much faster than posting the comments. */
export async function fillThread(db: D1Database, { postId, count, branch }: ThreadShape): Promise<void> {
	const html = "<p>Forty words or so are what a comment has, and some have an <em>emphasis</em> or two.</p>";
	const chunk = 20_000;
	for (let done = 0; done < count; done += chunk) {
		await db
			.prepare(
				`WITH RECURSIVE base AS (SELECT coalesce(max(id), 0) AS id FROM comments WHERE post_id <> ?1),
				n (i) AS (SELECT CAST(?2 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3),
				made AS (SELECT i, base.id + i + 1 AS id, base.id + i - i % CAST(?4 AS INTEGER) + 1 AS root FROM n, base)
				INSERT INTO comments (id, post_id, parent_id, path, state, name, visitor, source, html, fingerprint,
					reaction_count, created_at)
				SELECT id, ?1, nullif(root, id), printf('%08x', root) || iif(root = id, '', printf('%08x', id)),
					'published', 'person ' || (i % 100 + 1), 'v' || (i % 1000), ?5, ?5, 'f' || id,
					iif(root = id AND i % 3 = 0, i % 7, 0), 1700000000000 + i * 1000
				FROM made`,
			)
			.bind(postId, done, Math.min(count, done + chunk), branch, html)
			.run();
	}
}
