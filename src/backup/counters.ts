import type { DatabaseSync } from "node:sqlite";

/**
 * Counts again what triggers keep: the comments of threads, tallies of reactions, and which comments have public replies.
 * Corrects what differs and returns how many rows did. Runs without triggers.
 */
export function recount(database: DatabaseSync): number {
	database.exec(`
		CREATE TEMP TABLE counted (post_id TEXT, comment_id INTEGER, tallies TEXT, total INTEGER, PRIMARY KEY (post_id, comment_id));
		INSERT INTO counted SELECT post_id, comment_id, json_group_object(kind, n), sum(n) FROM (
			SELECT post_id, comment_id, kind, count(*) AS n FROM reactions GROUP BY post_id, comment_id, kind ORDER BY kind
		) GROUP BY post_id, comment_id;
		CREATE TEMP TABLE above (id INTEGER PRIMARY KEY);
		INSERT OR IGNORE INTO above SELECT ('0x' || substr(comments.path, value, 8)) ->> '$'
			FROM comments JOIN json_each('[1, 9, 17, 25, 33, 41]') ON value + 8 < length(comments.path)
			WHERE state = 'published' AND parent_id IS NOT NULL;
	`);
	const changed = statements.reduce((sum, sql) => sum + Number(database.prepare(sql).run().changes), 0);
	database.exec("DROP TABLE counted; DROP TABLE above");
	return changed;
}

/** Tallies without zeros, which are left when a reaction is taken back, and in one order. */
const withoutZeros = `coalesce((SELECT json_group_object(key, value) FROM (
	SELECT key, value FROM json_each(tallies) WHERE value <> 0 ORDER BY key
)), '{}')`;

const statements = [
	`INSERT INTO threads (post_id) SELECT DISTINCT post_id FROM comments WHERE state = 'published'
		UNION SELECT post_id FROM counted WHERE comment_id = 0 EXCEPT SELECT post_id FROM threads`,
	`UPDATE threads SET comment_count = counts.n FROM (
		SELECT threads.post_id AS id, count(comments.id) AS n FROM threads
		LEFT JOIN comments ON comments.post_id = threads.post_id AND state = 'published' GROUP BY threads.post_id
	) AS counts WHERE counts.id = threads.post_id AND comment_count <> counts.n`,
	`UPDATE threads SET tallies = real.tallies FROM (
		SELECT threads.post_id AS id, coalesce(counted.tallies, '{}') AS tallies FROM threads
		LEFT JOIN counted ON counted.post_id = threads.post_id AND comment_id = 0
	) AS real WHERE real.id = threads.post_id AND real.tallies <> ${withoutZeros.replaceAll("tallies", "threads.tallies")}`,
	`UPDATE comments SET tallies = real.tallies, reaction_count = real.total FROM (
		SELECT comments.id, coalesce(counted.tallies, '{}') AS tallies, coalesce(counted.total, 0) AS total FROM comments
		LEFT JOIN counted ON counted.post_id = comments.post_id AND counted.comment_id = comments.id
		WHERE comments.tallies <> '{}' OR comments.reaction_count <> 0 OR counted.total IS NOT NULL
	) AS real WHERE real.id = comments.id
		AND (reaction_count <> real.total OR real.tallies <> ${withoutZeros.replaceAll("tallies", "comments.tallies")})`,
	"UPDATE comments SET has_public_replies = 0 WHERE has_public_replies AND id NOT IN (SELECT id FROM above)",
	"UPDATE comments SET has_public_replies = 1 WHERE NOT has_public_replies AND id IN (SELECT id FROM above)",
];
