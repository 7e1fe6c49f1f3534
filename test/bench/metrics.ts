import { join } from "node:path";
import autocannon from "autocannon";
import { type Counts, labelsOf, type Metric, sumOf } from "../../src/monitoring/metrics.ts";
import { writeBlog } from "./content.ts";
import { startWorkers } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const amount = 100_000;

/** Addresses in equal parts: three posts, a list and one that does not exist. */
const paths = ["/2000/01/01/p0/", "/2000/01/02/p1/", "/2000/01/03/p2/", "/archive/", "/none/"];

/** Milliseconds between looks for counts that isolates still hold, and looks without a change after which there are none. */
const pause = 5_000;
const patience = 8;

/** Compares the figures with a load of a hundred thousand requests, which they should have counted. */
export async function metrics(folder: string, add: Add): Promise<void> {
	const content = join(folder, "metered");
	writeBlog(content, 10);
	const workers = await startWorkers(content, "export default { fetch: () => new Response() }");
	try {
		let next = 0;
		const setupRequest = (request: autocannon.Request) => ({
			...request,
			path: paths[next++ % paths.length] ?? "/",
			headers: { "User-Agent": "Mozilla/5.0" },
		});
		const load = await autocannon({
			url: workers.blog,
			connections: 16,
			amount,
			requests: [{ setupRequest }],
		});
		const sent = load["2xx"] + load["3xx"] + load["4xx"] + load["5xx"];
		const counts = await settledCounts(workers.blogDb);
		const total = (metric: Metric) => counts.reduce((sum, each) => sum + sumOf(each, metric), 0);
		const post = counts.reduce(
			(sum, each) => sum + (labelsOf(each, "views").find(([label]) => label.endsWith("p1"))?.[1] ?? 0),
			0,
		);
		addCount(add, "Requests counted", total("requests"), sent);
		addCount(add, "Reads of one post counted", post, sent / paths.length);
		addCount(add, "Requests for a missing address counted", total("missing"), sent / paths.length);
		add(
			"Rows of figures written meanwhile, and statements for each request",
			`${counts.length}, ${(total("statements") / sent).toFixed(3)}`,
			"at most 3 a minute",
			counts.length <= 3 * (Math.ceil(load.duration / 60) + 2),
		);
	} finally {
		await workers.stop();
	}
}

function addCount(add: Add, what: string, counted: number, sent: number): void {
	const inWords = (count: number) => Math.round(count).toLocaleString("en");
	const ratio = counted / sent;
	add(
		`${what}, of those of a load of ${inWords(amount)}`,
		`${inWords(counted)} / ${inWords(sent)} = ${ratio.toFixed(4)}`,
		"within 1%",
		Math.abs(ratio - 1) <= 0.01,
	);
}

/** Returns the counts of all minutes once no isolate adds any. */
async function settledCounts(db: Awaited<ReturnType<typeof startWorkers>>["blogDb"]): Promise<Counts[]> {
	let known = "";
	for (let unchanged = 0; unchanged < patience; unchanged++) {
		await new Promise((resolve) => setTimeout(resolve, pause));
		const { results } = await db.prepare("SELECT counts FROM metrics").all<{ counts: string }>();
		const now = JSON.stringify(results);
		if (now !== known) unchanged = 0;
		known = now;
	}
	return (JSON.parse(known) as { counts: string }[]).map(({ counts }) => JSON.parse(counts) as Counts);
}
