/** `npm run deploy`: checks the content, then has wrangler deploy the blog, or with `--dry-run` say what it would. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildContent } from "../publish/build.ts";
import { reportOf } from "../publish/report.ts";
import { deployBlog } from "./deployment.ts";
import { dryRun } from "./dry-run.ts";
import { sayRefusal } from "./refusals.ts";
import { missingSecrets, withSecretsFile } from "./secrets.ts";
import { readSettings } from "./settings.ts";
import { generatedIn, runWrangler } from "./wrangler.ts";

process.exitCode = await main(process.argv.slice(2)).catch(sayRefusal);

async function main(args: string[]): Promise<0 | 1> {
	const options = parse(args);
	if (typeof options === "string")
		return fail(`${options}\nUsage: npm run deploy -- [--dry-run] [--env staging]`);
	const read = readSettings({ ...process.env, PORT: undefined });
	if (!read.ok) return fail(read.problems.join("\n"));
	const { outDir } = read.settings;

	const started = performance.now();
	const built = await buildContent(read.settings);
	const { problems, summary } = reportOf(built, performance.now() - started);
	for (const problem of problems) console.error(problem);
	if (!built.ok) return fail(`${summary} Nothing was deployed.`);
	console.log(summary);

	const target = [`--env=${options.env}`];
	const generated = generatedIn(outDir);
	if (options["dry-run"]) return measure([...target, ...generated], join(outDir, "assets"));
	const failed = await deployBlog({
		run: runWrangler,
		target,
		generated,
		makeMissing: missingSecrets,
		withSecretsFile,
		say: console.log,
	});
	return failed === null ? 0 : fail(failed);
}

async function measure(flags: readonly string[], assetsDir: string): Promise<0 | 1> {
	const would = await dryRun(runWrangler, flags, assetsDir);
	if ("failed" in would)
		return fail(`${would.failed}\nThe Worker cannot be bundled; wrangler says why above.`);
	console.log(`Worker: ${kilobytes(would.raw)}, ${kilobytes(would.gzip)} gzipped.`);
	console.log(`Assets: ${would.assets}.`);
	console.log(`Bindings:\n${would.bindings.map((line) => `  ${line}`).join("\n")}`);
	console.log("This was a dry run; nothing was deployed.");
	return 0;
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: { "dry-run": { type: "boolean", default: false }, env: { type: "string", default: "" } },
		}).values;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} KB`;
}

function fail(sentence: string): 1 {
	console.error(sentence);
	return 1;
}
