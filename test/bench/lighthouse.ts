import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { lightChromiumPath } from "../support/chromium.ts";
import { startServer } from "../support/server.ts";
import { fillThread } from "./content.ts";
import { median } from "./measure.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

/**
 * Fetched when it is asked for. As a dependency it would add 176 MB in 114 packages to the first `npm install` of
 * everybody, a quarter of what there is, for a benchmark few will run.
 */
const lighthousePackage = "lighthouse@13.5.0";

const categories = ["performance", "accessibility", "best-practices", "seo"] as const;
const runs = 5;

const post = { id: "2019/2019-09-22-light-in-fibre", path: "/2019/09/22/light-in-fibre/" };
const pages = {
	"the home page": "/",
	"a post with a picture, a table and 20 comments": post.path,
	"the archive": "/archive/",
};

/** Measures the project's own blog, as `npm start` serves it, with Lighthouse's slow phone. */
export async function lighthouse(folder: string, add: Add): Promise<void> {
	if (lightChromiumPath === null) {
		add("Lighthouse, mobile", "there is no Chromium here", "100 each", null);
		return;
	}
	const server = await startServer(join(folder, "lighthouse"));
	try {
		await fillThread(server.origin, post.id, 20);
		for (const [what, path] of Object.entries(pages)) {
			const scores: number[][] = [];
			for (let run = 0; run < runs; run++)
				scores.push(await scoresOf(server.origin + path, lightChromiumPath));
			const medians = categories.map((_, at) => median(scores.map((each) => each[at] ?? 0)));
			add(
				`Lighthouse, mobile, ${what}: performance / accessibility / best practices / SEO`,
				medians.join(" / "),
				"100 each",
				medians.every((score) => score === 100),
			);
		}
	} finally {
		await server.stop();
	}
}

/** The score of each category, of 100. On a busy machine Chromium now and then loses the beginning of its trace. */
async function scoresOf(url: string, chromium: string, tries = 3): Promise<number[]> {
	try {
		return await measured(url, chromium);
	} catch (error) {
		const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
		console.error(`Lighthouse failed on ${url}: ${said.trim().split("\n").at(-1)}`);
		if (tries === 1) throw new Error(`Lighthouse did not get through ${url}.`, { cause: said });
		return scoresOf(url, chromium, tries - 1);
	}
}

async function measured(url: string, chromium: string): Promise<number[]> {
	const { stdout } = await promisify(execFile)(
		"npx",
		[
			"--yes",
			lighthousePackage,
			url,
			"--quiet",
			"--output=json",
			`--only-categories=${categories.join(",")}`,
			"--no-enable-error-reporting",
			"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking",
		],
		{ env: { ...process.env, CHROME_PATH: chromium }, maxBuffer: 64 * 1024 * 1024 },
	);
	const report: { categories: Record<string, { score: number | null }> } = JSON.parse(stdout);
	return categories.map((name) => Math.round((report.categories[name]?.score ?? 0) * 100));
}
