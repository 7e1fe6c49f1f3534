import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import {
	type CommentRepository,
	type PagePosition,
	type Sort,
	sorts,
} from "../../src/comments/repository.ts";
import { commentRepository } from "../../src/db/comments.ts";
import { evidenceReader } from "../../src/db/evidence.ts";
import { commentsPerPage } from "../../src/web/site/read-thread.ts";
import { threadQuery } from "../../src/web/ui/thread-address.ts";
import { countReads } from "../support/counting.ts";
import { fillThread } from "../support/fill.ts";
import { median } from "./measure.ts";
import { startWorkers } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

/** Measures the first, a middle and the last full page of threads and branches of several lengths. */
export async function threads(folder: string, add: Add): Promise<void> {
	const content = writePosts(join(folder, "threads"), ["hello", "branch"]);
	for (const count of [100, 10_000, 100_000]) {
		const workers = await startWorkers(content, "export default { fetch: () => new Response() }");
		await fillThread(workers.blogDb, { postId: "hello", count, branch: 20 });
		await fillThread(workers.blogDb, { postId: "branch", count, branch: count });
		const counted = countReads(workers.blogDb);
		const comments = commentRepository(counted.db);
		const size = count.toLocaleString("en");
		const measure = async (
			what: string,
			pages: string,
			post: string,
			starts: readonly PagePosition[],
			sort: Sort,
		) => {
			const rows: number[] = [];
			for (const position of starts) {
				counted.rows = 0;
				await comments.thread(post, position, commentsPerPage, sort);
				rows.push(counted.rows);
			}
			const addresses = starts.map((position) => `${workers.blog}/${post}/${threadQuery(position, sort)}`);
			const times = await latenciesOf(addresses, workers.blogDb, post);
			const ratio = Math.max(...rows) / (rows[0] ?? 1);
			const slower = Math.max(...times) / (times[0] ?? 1);
			add(
				`${what}: D1 rows read of ${pages}`,
				`${rows.join(" / ")} = ${ratio.toFixed(2)}`,
				"ratio at most 1.2",
				ratio <= 1.2,
			);
			add(
				`${what}: the same pages, time`,
				`${times.map((time) => time.toFixed(1)).join(" / ")} ms = ${slower.toFixed(2)}`,
				"ratio at most 1.2",
				slower <= 1.2,
			);
		};
		for (const sort of sorts) {
			const starts = await startsOf(workers.blogDb, sort);
			const what = `A thread of ${size}, ${sort} first`;
			await measure(what, "the first, a middle and the last full page", "hello", starts, sort);
		}
		const starts = await branchStartsOf(workers.blogDb, count);
		const pages = "its first page of its own, a middle and the last full one";
		await measure(`A branch of ${size}`, pages, "branch", starts, "oldest");
		await workers.stop();
	}
}

/** Returns the positions of those three pages of the thread. A page has two of its branches and is full while a third follows. */
async function startsOf(db: D1Database, sort: Sort): Promise<PagePosition[]> {
	const order = { oldest: "path", newest: "path DESC", top: "reaction_count DESC, path DESC" };
	const { results } = await db
		.prepare(`SELECT id FROM comments WHERE post_id = 'hello' AND parent_id IS NULL ORDER BY ${order[sort]}`)
		.all<{ id: number }>();
	const after = (at: number) => ({ after: results[at]?.id ?? 0 });
	return [null, after(Math.floor(results.length / 2) - 2), after(results.length - 4)];
}

/** Returns the positions of those of the branch: after the last reply that the thread shows, in the middle, and a page from the end. */
async function branchStartsOf(db: D1Database, count: number): Promise<PagePosition[]> {
	const { results } = await db
		.prepare("SELECT id FROM comments WHERE post_id = 'branch' ORDER BY path")
		.all<{ id: number }>();
	const branch = results[0]?.id ?? 0;
	const after = (at: number) => ({ branch, after: results[at]?.id ?? 0 });
	return [after(24), after(count / 2 - 2), after(count - 1 - commentsPerPage)];
}

/**
 * Milliseconds of pages that have to be made anew each time, since the conversation has just changed. They are
 * asked for in turns, each as often first, so that whatever else the machine does falls on all alike.
 */
async function latenciesOf(addresses: readonly string[], db: D1Database, post: string): Promise<number[]> {
	const times: number[][] = addresses.map(() => []);
	for (let i = 0; i < 100; i++) {
		await db
			.prepare(
				"INSERT INTO pending_purges (post_id, scope) VALUES (?, 0) ON CONFLICT DO UPDATE SET revision = revision + 1",
			)
			.bind(post)
			.run();
		for (const turn of addresses.keys()) {
			const at = (i + turn) % addresses.length;
			const address = addresses[at] ?? "";
			const start = performance.now();
			const response = await fetch(address, { redirect: "error" });
			await response.arrayBuffer();
			times[at]?.push(performance.now() - start);
		}
	}
	// The fastest fifth: what a page costs when nothing else is in its way.
	return times.map((each) => each.toSorted((a, b) => a - b)[each.length / 5] ?? Number.NaN);
}

/**
 * Comments stored in a second, against a bare Worker that sends D1 the very statements that keep one, and one that first sends
 * those that read the evidence for the rules.
 */
export async function posting(folder: string, add: Add): Promise<void> {
	const workers = await startWorkers(writePosts(join(folder, "posting"), ["hello"]), bareBatch);
	const batches = { evidence: await recordEvidence(), batch: await recordAdd() };
	await copySchema(workers.blogDb, workers.bareDb);
	await fetch(workers.bare, { method: "POST", body: JSON.stringify(batches) });
	const rates: Record<"blog" | "bare" | "reading", number[]> = { blog: [], bare: [], reading: [] };
	for (let round = 0; round < 5; round++) {
		rates.blog.push(await rateOf(workers.blogDb, (i) => post(workers.blog, `${round}, ${i}`)));
		rates.bare.push(await rateOf(workers.bareDb, () => fetch(`${workers.bare}/keep`)));
		rates.reading.push(await rateOf(workers.bareDb, () => fetch(`${workers.bare}/read-and-keep`)));
	}
	const compare = (a: readonly number[], b: readonly number[]) => {
		const ratio = median(a.map((rate, round) => rate / (b[round] ?? 1)));
		return { ratio, figure: `${median(a).toFixed(0)} / ${median(b).toFixed(0)} = ${ratio.toFixed(2)}` };
	};
	add(
		"Comments stored in a second, to a bare Worker with the same D1 batch",
		compare(rates.blog, rates.bare).figure,
		"",
		null,
	);
	const { ratio, figure } = compare(rates.blog, rates.reading);
	add(
		"Comments stored in a second, to a bare Worker that also reads the evidence before it",
		figure,
		"at least 0.75",
		ratio >= 0.75,
	);
	add(
		"Comments stored in a second by that one, to the bare Worker with the batch alone",
		compare(rates.reading, rates.bare).figure,
		"",
		null,
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

type Batch = [string, unknown[]][];

/** Returns a database that takes down the statements of batches instead of running them. */
function recorderInto(recorded: Batch): D1Database {
	const statement = (sql: string, values: unknown[] = []): D1PreparedStatement =>
		({ sql, values, bind: (...bound: unknown[]) => statement(sql, bound) }) as unknown as D1PreparedStatement;
	return {
		prepare: (sql: string) => statement(sql),
		batch: async (statements: unknown[]) => {
			for (const { sql, values } of statements as { sql: string; values: unknown[] }[])
				recorded.push([sql, values]);
			return statements.map(() => ({ results: [], success: true, meta: {} }));
		},
	} as unknown as D1Database;
}

/** Returns the statements and values by which the evidence of a comment by a stranger is read. */
async function recordEvidence(): Promise<Batch> {
	const recorded: Batch = [];
	const now = Date.now();
	await evidenceReader(recorderInto(recorded))({
		visitor: "v",
		email: null,
		contentHash: "said",
		postId: "hello",
		linkTargets: [],
		network: null,
		recentSince: now - 600_000,
		now,
		countLimit: 100_000,
		write: { kind: "comment", network: null, limit: ampleLimit, now },
	}).catch(() => null);
	return recorded;
}

const ampleLimit = { perHour: 1_000_000, perDay: 1_000_000 };

/** Returns the statements and values by which the repository keeps a comment. */
async function recordAdd(): Promise<Batch> {
	const recorded: Batch = [];
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
		contentHash: "said",
		state: "published",
		findings: [],
		byAuthor: false,
		nameSkeletons: ["ann", "ann"],
		createdAt: Date.now(),
	};
	const now = Date.now();
	await commentRepository(recorderInto(recorded))
		.add(
			comment,
			{ since: 0, doublePostSince: null, isNewVisitor: false },
			{ kind: "comment", network: null, limit: ampleLimit, now },
		)
		.catch(() => null);
	return recorded;
}

/** Runs the batches it is given, that of the comment each time with another fingerprint. */
const bareBatch = `let batches;
export default { async fetch(request, env) {
	if (request.method === "POST") {
		batches = await request.json();
		return new Response("kept");
	}
	const fingerprint = crypto.randomUUID();
	const run = (batch) => env.DB.batch(batch.map(([sql, values]) =>
		env.DB.prepare(sql).bind(...values.map((value) => value === "FINGERPRINT" ? fingerprint : value))));
	if (request.url.endsWith("/read-and-keep")) await run(batches.evidence);
	await run(batches.batch);
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

function writePosts(folder: string, names: readonly string[]): string {
	mkdirSync(join(folder, "posts"), { recursive: true });
	writeFileSync(
		join(folder, "site.yaml"),
		"title: Bench\nurl: https://bench.example\npermalink: /:slug/\nlog_sample: 0\ncomments:\n  flood_limit: 100000\n  proof_limit: 100000\nlimits:\n  comments_per_hour: 1000000\n  comments_per_day: 1000000\n  reactions_per_hour: 1000000\n  reactions_per_day: 1000000\n",
	);
	for (const name of names) {
		writeFileSync(
			join(folder, `posts/${name}.md`),
			`---\ntitle: Some ${name}\ndate: 2024-05-01\n---\nHello.\n`,
		);
	}
	return folder;
}
