/** `npm run deploy`: builds the content, then deploys the blog with wrangler; `--dry-run` only measures it. */
import { join } from "node:path";
import { command, deploymentOptions, fail, parseArguments, type Values } from "./command.ts";
import { readConfig } from "./config.ts";

const description = {
	summary: "Builds the content, then deploys the blog to Cloudflare.",
	usage: ["npm run deploy -- [--dry-run] [--env staging]"],
	options: {
		"dry-run": { type: "boolean", help: "build and measure only; no account or network is needed" },
		env: deploymentOptions.env,
	},
	positionals: false,
	environment: ["CONTENT_DIR", "PERSIST_TO", "OUTPUT_DIR"],
	example: "npm run deploy -- --dry-run",
} as const;

process.exitCode = await command(description, (args) => parseArguments(description, args), main);

async function main({ values: options }: { values: Values<typeof description.options> }): Promise<0 | 1> {
	const loaded = readConfig({ ...process.env, PORT: undefined });
	if (!loaded.ok) return fail(loaded.problems.join("\n"));
	const { outDir } = loaded.config;

	const { buildContent } = await import("../build/build.ts");
	const { formatReport } = await import("../build/report.ts");
	const { deployBlog } = await import("./deployment.ts");
	const { deployedThreads, orphanWarnings } = await import("./orphans.ts");
	const { createMissingSecrets, withSecretsFile } = await import("./secrets.ts");
	const { generatedFlags, runWrangler } = await import("./wrangler.ts");
	const started = performance.now();
	const built = await buildContent({ ...loaded.config, cards: true });
	const { problems, summary } = formatReport(built, performance.now() - started);
	for (const problem of problems) console.error(problem);
	if (!built.ok) return fail(`${summary} Nothing was deployed.`);
	console.log(summary);

	const target = [`--env=${options.env}`];
	const generated = generatedFlags(outDir);
	if (options["dry-run"]) return measure([...target, ...generated], join(outDir, "assets"));
	const failed = await deployBlog({
		run: runWrangler,
		target,
		generated,
		createMissingSecrets,
		withSecretsFile,
		log: console.log,
	});
	if (failed !== null) return fail(failed);
	for (const warning of orphanWarnings(await deployedThreads(runWrangler, target), built.ids)) {
		console.error(warning);
	}
	return 0;
}

async function measure(flags: readonly string[], assetsDir: string): Promise<0 | 1> {
	const { dryRun } = await import("./dry-run.ts");
	const { runWrangler } = await import("./wrangler.ts");
	const result = await dryRun(runWrangler, flags, assetsDir);
	if ("failed" in result)
		return fail(`${result.failed}\nThe Worker could not be bundled; see the error above.`);
	console.log(`Worker: ${kilobytes(result.raw)}, ${kilobytes(result.gzip)} gzipped.`);
	console.log(`Assets: ${result.assets}.`);
	console.log(`Bindings:\n${result.bindings.map((line) => `  ${line}`).join("\n")}`);
	console.log("Dry run: nothing was deployed.");
	return 0;
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} KB`;
}
