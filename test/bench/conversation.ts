import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { CommentRepository } from "../../src/comments/repository.ts";
import { commentRepository } from "../../src/db/comments.ts";
import { counting } from "../support/counting.ts";
import { fillThread } from "../support/fill.ts";
import { median } from "./measure.ts";
import { startWorkers } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

/** What the first, a middle and the last full page of a thread cost, however long the thread. */
export async function threads(folder: string, add: Add): Promise<void> {
	const content = writeOnePost(join(folder, "threads"));
	for (const count of [100, 10_000, 100_000]) {
		const workers = await startWorkers(content, "export default { fetch: () => new Response() }");
		await fillThread(workers.blogDb, { postId: "hello", count, branch: 20 });
		const counted = counting(workers.blogDb);
		const comments = commentRepository(counted.db);
		const name = `A thread of ${count.toLocaleString("en")}`;
		for (const sort of ["oldest", "newest", "top"] as const) {
			const starts = await startsOf(workers.blogDb, count, sort);
			const rows: number[] = [];
			for (const after of starts) {
				counted.rows = 0;
				await comments.thread("hello", after === null ? null : { after }, 50, sort);
				rows.push(counted.rows);
			}
			const times = await latenciesOf(workers.blog, workers.blogDb, sort, starts);
			const ratio = Math.max(...rows) / (rows[0] ?? 1);
			const slower = Math.max(...times) / (times[0] ?? 1);
			add(
				`${name}, ${sort} first: D1 rows read of the first, a middle and the last full page`,
				`${rows.join(" / ")} = ${ratio.toFixed(2)}`,
				"ratio at most 1.2",
				ratio <= 1.2,
			);
			add(
				`${name}, ${sort} first: the same pages, time`,
				`${times.map((time) => time.toFixed(1)).join(" / ")} ms = ${slower.toFixed(2)}`,
				"ratio at most 1.2",
				slower <= 1.2,
			);
		}
		await workers.stop();
	}
}

/** The comments after which those three pages begin. */
async function startsOf(db: D1Database, count: number, sort: "oldest" | "newest" | "top") {
	const order = { oldest: "", newest: "root.path DESC,", top: "root.reaction_count DESC, root.path DESC," };
	const at = async (offset: number) =>
		db
			.prepare(
				`SELECT c.id FROM comments AS c JOIN comments AS root ON root.path = substr(c.path, 1, 8)
				ORDER BY ${order[sort]} c.path LIMIT 1 OFFSET ?`,
			)
			.bind(offset)
			.first<number>("id");
	return [null, await at(count / 2 - 26), await at(count - 51)];
}

/**
 * Milliseconds of pages that have to be made anew each time, since the conversation has just changed. They are
 * asked for in turns, so that whatever else the machine does falls on all alike.
 */
async function latenciesOf(
	origin: string,
	db: D1Database,
	sort: string,
	starts: readonly (number | null)[],
): Promise<number[]> {
	const times: number[][] = starts.map(() => []);
	for (let i = 0; i < 100; i++) {
		await db
			.prepare(
				"INSERT INTO stale (post_id, reach) VALUES ('hello', 0) ON CONFLICT DO UPDATE SET revision = revision + 1",
			)
			.run();
		for (const [at, after] of starts.entries()) {
			const query = new URLSearchParams({ sort, ...(after === null ? {} : { after: String(after) }) });
			const start = performance.now();
			await (await fetch(`${origin}/hello/?${query}`)).arrayBuffer();
			times[at]?.push(performance.now() - start);
		}
	}
	// The fastest fifth: what a page costs when nothing else is in its way.
	return times.map((each) => each.toSorted((a, b) => a - b)[each.length / 5] ?? Number.NaN);
}

/** Comments kept in a second, against a bare Worker that sends D1 the very statements that keep one. */
export async function posting(folder: string, add: Add): Promise<void> {
	const workers = await startWorkers(writeOnePost(join(folder, "posting")), bareBatch);
	const batch = await recordAdd();
	await copySchema(workers.blogDb, workers.bareDb);
	await fetch(workers.bare, { method: "POST", body: JSON.stringify(batch) });
	const rates: { blog: number[]; bare: number[] } = { blog: [], bare: [] };
	for (let round = 0; round < 5; round++) {
		rates.blog.push(await rateOf(workers.blogDb, (i) => post(workers.blog, `${round}, ${i}`)));
		rates.bare.push(await rateOf(workers.bareDb, () => fetch(`${workers.bare}/keep`)));
	}
	const ratio = median(rates.blog.map((rate, round) => rate / (rates.bare[round] ?? 1)));
	add(
		"Comments kept in a second, to a bare Worker with the same D1 batch",
		`${median(rates.blog).toFixed(0)} / ${median(rates.bare).toFixed(0)} = ${ratio.toFixed(2)}`,
		"at least 0.5",
		ratio >= 0.5,
	);
	await workers.stop();
}

function post(origin: string, words: string): Promise<Response> {
	return fetch(`${origin}/comments`, {
		method: "POST",
		redirect: "manual",
		headers: { "Sec-Fetch-Site": "same-origin" },
		body: new URLSearchParams({ post: "hello", name: "Reader", text: `A thought of some length, ${words}` }),
	});
}

/** Rows kept in a second by sixteen senders at once, as the database counts them. */
async function rateOf(db: D1Database, send: (i: number) => Promise<Response>): Promise<number> {
	const kept = async () => (await db.prepare("SELECT count(*) AS n FROM comments").first<number>("n")) ?? 0;
	const before = await kept();
	const start = performance.now();
	let sent = 0;
	const sender = async () => {
		while (performance.now() - start < 2000) await (await send(sent++)).arrayBuffer();
	};
	await Promise.all(Array.from({ length: 16 }, sender));
	return ((await kept()) - before) / ((performance.now() - start) / 1000);
}

/** The statements and values by which the repository keeps a comment, taken down instead of run. */
async function recordAdd(): Promise<[string, unknown[]][]> {
	const recorded: [string, unknown[]][] = [];
	const statement = (sql: string, values: unknown[] = []): D1PreparedStatement =>
		({ sql, values, bind: (...bound: unknown[]) => statement(sql, bound) }) as unknown as D1PreparedStatement;
	const recorder = {
		prepare: (sql: string) => statement(sql),
		batch: async (statements: unknown[]) => {
			for (const { sql, values } of statements as { sql: string; values: unknown[] }[])
				recorded.push([sql, values]);
			return statements.map(() => ({ results: [], success: true, meta: {} }));
		},
	} as unknown as D1Database;
	const comment: Parameters<CommentRepository["add"]>[0] = {
		postId: "hello",
		parentId: null,
		name: "Reader",
		email: null,
		website: null,
		text: "A thought of some length",
		visitor: "v",
		html: "<p>A thought of some length</p>",
		lang: null,
		fingerprint: "FINGERPRINT",
		formKey: null,
		network: null,
		said: "said",
		state: "published",
		findings: [],
		byAuthor: false,
		nameKeys: ["ann", "ann"],
		createdAt: Date.now(),
	};
	await commentRepository(recorder).add(comment, 0);
	return recorded;
}

/** Runs the statements it is given, each time with another fingerprint. */
const bareBatch = `let batch = [];
export default { async fetch(request, env) {
	if (request.method === "POST") {
		batch = await request.json();
		return new Response("kept");
	}
	const fingerprint = crypto.randomUUID();
	await env.DB.batch(batch.map(([sql, values]) =>
		env.DB.prepare(sql).bind(...values.map((value) => value === "FINGERPRINT" ? fingerprint : value))));
	return new Response("ok");
} }`;

/** The same tables, indexes and triggers. */
async function copySchema(from: D1Database, to: D1Database): Promise<void> {
	const { results } = await from
		.prepare(
			"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' ORDER BY type = 'trigger', type = 'index'",
		)
		.all<{ sql: string }>();
	await to.batch(results.map(({ sql }) => to.prepare(sql)));
}

function writeOnePost(folder: string): string {
	mkdirSync(join(folder, "posts"), { recursive: true });
	writeFileSync(
		join(folder, "site.yaml"),
		"title: Bench\nurl: https://bench.example\npermalink: /:slug/\ncomments:\n  flood_limit: 100000\n",
	);
	writeFileSync(join(folder, "posts/hello.md"), "---\ntitle: Hello\ndate: 2024-05-01\n---\nHello.\n");
	return folder;
}
