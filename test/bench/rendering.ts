import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { fillThread } from "../support/fill.ts";
import { cpuMilliseconds, race } from "./measure.ts";
import { startWorkers } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

/** More pages than an isolate keeps, so that each is rendered when its turn comes. */
const posts = 320;

/**
 * Measures a post with 50 comments that the isolate does not have, to a bare Worker that reads one row of its size: as it is
 * stored in the database, and rendered from its comments, as the first isolate does after a change.
 */
export async function rendering(folder: string, add: Add): Promise<void> {
	const workers = await startWorkers(writePosts(join(folder, "rendering")), bareRow);
	const paths = Array.from({ length: posts }, (_, at) => `/p${at}/`);
	for (const path of paths) {
		await fillThread(workers.blogDb, { postId: path.slice(1, -1), count: 50, branch: 5 });
	}
	// Comments that differ: a page of one sentence would compress better than any thread.
	await workers.blogDb.exec("UPDATE comments SET html = replace(html, 'Forty words', hex(randomblob(80)))");
	const page = await fetch(workers.blog + paths[0]);
	const body = await page.text();
	const comments = body.match(/<li id="comment-/g)?.length;
	if (comments !== 50) throw new Error(`the page has ${comments} comments`);
	await fetch(`${workers.bare}/keep`, { method: "POST", body: JSON.stringify([...page.headers]) });
	await workers.bareDb.exec("CREATE TABLE pages (id INTEGER PRIMARY KEY, body TEXT)");
	await workers.bareDb.prepare("INSERT INTO pages VALUES (1, ?)").bind(body).run();
	const addresses = paths.map((path) => workers.blog + path);
	const measure = async (what: string, least: number | null, most: number | null) => {
		const { a, b, ratio } = await race(addresses, `${workers.bare}/row`);
		add(
			`Requests a second: a post with 50 comments, ${what}, to one row of its size from D1`,
			`${a.toFixed(0)} / ${b.toFixed(0)} = ${ratio.toFixed(2)}`,
			least === null ? "" : `at least ${least}`,
			least === null ? null : ratio >= least,
		);
		const own = await cpuOf([...addresses, ...addresses]);
		const bare = await cpuOf(Array.from({ length: 2 * posts }, () => `${workers.bare}/row`));
		const cpu = own - bare;
		add(
			`CPU a request beyond the row's: a post with 50 comments, ${what}`,
			`${own.toFixed(2)} - ${bare.toFixed(2)} = ${cpu.toFixed(2)} ms`,
			most === null ? "" : `under ${most} ms`,
			most === null ? null : cpu < most,
		);
	};
	/** Returns the time on processors of a request, with D1's, in milliseconds. */
	const cpuOf = async (all: readonly string[]) => {
		const before = cpuMilliseconds(workers.pid);
		for (const address of all) await (await fetch(address)).arrayBuffer();
		return (cpuMilliseconds(workers.pid) - before) / all.length;
	};
	await allStored(addresses, workers.blogDb);
	await measure("which no isolate has", 0.8, 2);
	// The day's limit is reached, so that nothing is stored.
	await workers.blogDb.batch(
		["UPDATE cached_page_counts SET count = 1000000", "DELETE FROM cached_pages"].map((sql) =>
			workers.blogDb.prepare(sql),
		),
	);
	await measure("rendered from its comments", null, null);
	await workers.stop();
}

/** Asks for every page until all are stored in the database, which is after the responses. */
async function allStored(addresses: readonly string[], db: D1Database): Promise<void> {
	for (let tries = 0; tries < 20; tries++) {
		for (const address of addresses) await (await fetch(address)).arrayBuffer();
		const stored = await db.prepare("SELECT count(*) AS n FROM cached_pages").first<number>("n");
		if (stored === addresses.length) return;
	}
	throw new Error("the pages are not stored in the database");
}

/** Reads one row, and answers with the headers it was given. */
const bareRow = `let headers;
export default { async fetch(request, env) {
	if (request.method === "POST") {
		headers = new Headers(await request.json());
		return new Response("kept");
	}
	const row = await env.DB.prepare("SELECT body FROM pages WHERE id = ?").bind(1).first();
	return new Response(row.body, { headers });
} }`;

function writePosts(folder: string): string {
	mkdirSync(join(folder, "posts"), { recursive: true });
	writeFileSync(
		join(folder, "site.yaml"),
		"title: Bench\nurl: https://bench.example\npermalink: /:slug/\nlog_sample: 0\n",
	);
	const text = "A page that is the same for everyone can be kept close to everyone.\n\n".repeat(8);
	for (let at = 0; at < posts; at++) {
		const front = `title: Post ${at}\nid: p${at}\ndate: 2020-01-01\ntags: [tag ${at % 50}]`;
		writeFileSync(join(folder, "posts", `p${at}.md`), `---\n${front}\n---\n${text}`);
	}
	return folder;
}
