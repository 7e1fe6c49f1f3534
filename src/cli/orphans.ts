import { DatabaseSync } from "node:sqlite";
import { localDatabaseFile } from "./local-database.ts";
import { printable } from "./terminal.ts";
import type { RunWrangler } from "./wrangler.ts";

/** A post with comments, by the id under which they are stored. */
type Thread = { post_id: string; comment_count: number };

const selectThreads = "SELECT post_id, comment_count FROM threads WHERE comment_count > 0 ORDER BY post_id";

/** Warns of comments whose post is gone, by the ids of all posts and pages; at most ten posts are named. */
export function orphanWarnings(threads: readonly Thread[], ids: ReadonlySet<string>): string[] {
	const gone = threads.filter(({ post_id: id }) => !ids.has(id));
	const named = gone.slice(0, maxNamed).map(({ post_id: id, comment_count: count }) => {
		const name = printable(id);
		return `warning: ${count} comment${count === 1 ? " is" : "s are"} stored under "${name}", and no post has that id any more. If you renamed its file, write id: ${name} in its front matter, or move the comments at /admin/orphans.`;
	});
	const more = gone.length - named.length;
	return more > 0 ? [...named, `warning: the same is true of ${more} more; see /admin/orphans.`] : named;
}

const maxNamed = 10;

/** Reads the posts with comments from the local database. */
export async function localThreads(persistTo: string): Promise<readonly Thread[]> {
	const database = new DatabaseSync(await localDatabaseFile(persistTo), { readOnly: true });
	try {
		return database.prepare(selectThreads).all() as Thread[];
	} finally {
		database.close();
	}
}

/** Reads the posts with comments of a deployment; none if the database does not answer, which no warning is worth failing for. */
export async function deployedThreads(
	run: RunWrangler,
	target: readonly string[],
): Promise<readonly Thread[]> {
	const result = await run([
		"d1",
		"execute",
		"DB",
		"--remote",
		"--json",
		"--command",
		selectThreads,
		...target,
	]);
	if (!result.ok) return [];
	const [answer] = JSON.parse(result.stdout) as { results?: Thread[] }[];
	return answer?.results ?? [];
}
