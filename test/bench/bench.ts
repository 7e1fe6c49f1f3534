import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildContent } from "../../src/build/build.ts";
import { backup } from "./backup.ts";
import { budgets } from "./budgets.ts";
import { fillThread, writeBlog } from "./content.ts";
import { posting, threads } from "./conversation.ts";
import { importing, importingDisqus } from "./import.ts";
import { isolate } from "./isolate.ts";
import { lighthouse } from "./lighthouse.ts";
import { cpuMilliseconds, race } from "./measure.ts";
import { metrics } from "./metrics.ts";
import { moderation } from "./moderation.ts";
import { rendering } from "./rendering.ts";
import { scale } from "./scale.ts";
import { search } from "./search.ts";
import { selfhost } from "./selfhost.ts";
import { start } from "./start.ts";
import { deployedWorker, startWorkers } from "./workers.ts";

type Row = { what: string; figure: string; budget: string; held: boolean | null };

const rows: Row[] = [];
const folder = mkdtempSync(join(tmpdir(), "edgecat-bench-"));
const quiet = "/2000/01/01/p0/";
const talked = "/2000/01/02/p1/";

/** Answers with the same bytes and headers as a page it is given, or with a row read by primary key. */
const bare = `let kept;
export default { async fetch(request, env) {
	const path = request.url.slice(request.url.indexOf("/", 8));
	if (path === "/keep") {
		kept = { body: new Uint8Array(await request.arrayBuffer()), headers: new Headers(JSON.parse(request.headers.get("x-keep"))) };
		return new Response("kept");
	}
	if (path === "/row") {
		const row = await env.DB.prepare("SELECT body FROM pages WHERE id = ?").bind(1).first();
		return new Response(row.body, { headers: kept.headers });
	}
	return new Response(kept.body, { headers: kept.headers });
} }`;

/** In order; `npm run bench -- weight lighthouse` measures those two alone. */
const sections: Readonly<Record<string, () => Promise<void>>> = {
	pages,
	rendering: () => rendering(folder, add),
	isolate: () => isolate(folder, add),
	scale: () => scale(folder, add),
	search: () => search(folder, add),
	selfhost: () => selfhost(folder, add),
	start: () => start(folder, add),
	weight,
	threads: () => threads(folder, add),
	posting: () => posting(folder, add),
	moderation: () => moderation(add),
	budgets: () => budgets(folder, add),
	metrics: () => metrics(folder, add),
	lighthouse: () => lighthouse(folder, add),
	import: () => importing(folder, add),
	disqus: () => importingDisqus(folder, add),
	backup: () => backup(folder, add),
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(sections, name));
if (unknown !== undefined) {
	console.error(`There is no section "${unknown}". There are: ${Object.keys(sections).join(", ")}.`);
	process.exit(2);
}
try {
	for (const [name, measure] of Object.entries(sections)) {
		if (asked.length === 0 || asked.includes(name)) await measure();
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
print();

async function pages(): Promise<void> {
	const content = join(folder, "ten");
	writeBlog(content, 10);
	const workers = await startWorkers(content, bare);
	await fillThread(workers.blog, "p1", 50);
	for (const [what, path, reference, budget] of [
		["a post without comments, to the same bytes from a bare Worker", quiet, "/", 0.8],
		["the archive, to the same bytes from a bare Worker", "/archive/", "/", 0.8],
		// It has the counts of comments, and is validated by a query as a post with comments is.
		["the feed, to one row of its size from D1", "/feed.xml", "/row", 0.6],
		["a post with 50 comments, to one row of its size from D1", talked, "/row", 0.6],
	] as const) {
		const page = await fetch(workers.blog + path);
		const body = await page.text();
		await fetch(`${workers.bare}/keep`, {
			method: "POST",
			body,
			headers: { "x-keep": JSON.stringify([...page.headers]) },
		});
		await workers.bareDb.exec("CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, body TEXT)");
		await workers.bareDb.prepare("INSERT OR REPLACE INTO pages VALUES (1, ?)").bind(body).run();
		const { a, b, ratio } = await race(workers.blog + path, workers.bare + reference);
		add(
			`Requests a second: ${what}`,
			`${a.toFixed(0)} / ${b.toFixed(0)} = ${ratio.toFixed(2)}`,
			`at least ${budget}`,
			ratio >= budget,
		);
		const { requests, milliseconds } = await cpuOf(workers.pid, workers.blog + path);
		// With D1's, where the page is validated by a query.
		const most = reference === "/row" ? 2 : 1;
		add(
			`CPU a request: ${path === talked ? "a post with 50 comments" : path}`,
			`${(milliseconds / requests).toFixed(2)} ms`,
			`under ${most} ms`,
			milliseconds / requests < most,
		);
	}
	await workers.stop();
}

async function cpuOf(pid: number, url: string): Promise<{ requests: number; milliseconds: number }> {
	const before = cpuMilliseconds(pid);
	const requests = 2000;
	for (let sent = 0; sent < requests; sent += 10) {
		await Promise.all(Array.from({ length: 10 }, async () => (await fetch(url)).arrayBuffer()));
	}
	return { requests, milliseconds: cpuMilliseconds(pid) - before };
}

async function weight(): Promise<void> {
	const content = join(folder, "weight");
	writeBlog(content, 10);
	const workers = await startWorkers(content, bare);
	await fillThread(workers.blog, "p1", 20);
	const html = await (await fetch(workers.blog + talked)).text();
	const bytes = gzipSync(html, { level: 9 }).length;
	add(
		"A post with 20 comments, HTML and CSS, gzip",
		`${(bytes / 1024).toFixed(1)} KB`,
		"at most 14 KB",
		bytes <= 14 * 1024,
	);
	const built = await buildContent({ contentDir: content, outDir: join(folder, "weight-out") });
	if (!built.ok) throw new Error("the content does not build");
	const { script } = await deployedWorker(join(folder, "weight-out"));
	const packed = gzipSync(script).length;
	add(
		"The Worker's script, minified, gzip",
		`${(packed / 1024).toFixed(0)} KB`,
		"at most 480 KB",
		packed <= 480 * 1024,
	);
	await workers.stop();
}

function add(what: string, figure: string, budget: string, held: boolean | null): void {
	rows.push({ what, figure, budget, held });
	console.error(`${what}: ${figure}`);
}

function print(): void {
	console.log("\n| what | figure | budget | |\n| --- | --- | --- | --- |");
	for (const { what, figure, budget, held } of rows) {
		console.log(`| ${what} | ${figure} | ${budget} | ${held === null ? "" : held ? "held" : "MISSED"} |`);
	}
	if (rows.some(({ held }) => held === false)) process.exitCode = 1;
}
