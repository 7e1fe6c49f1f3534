/** `npm run selfhost`: builds a folder that runs the blog on a Linux machine of one's own; vacuums its database. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { displayPath } from "../build/problems.ts";
import { command, fail, type ParseResult, parseArguments, usageOf } from "./command.ts";
import { projectRoot, readConfig } from "./config.ts";

const description = {
	summary:
		"Builds a folder that runs the blog on a Linux machine, or shrinks the database of one that is stopped.",
	usage: ["npm run selfhost -- build DIR", "npm run selfhost -- vacuum DATA_DIR"],
	options: {},
	positionals: true,
	environment: ["CONTENT_DIR", "OUTPUT_DIR"],
	example: "npm run selfhost -- build ../my-blog-server",
} as const;

process.exitCode = await command(description, parse, main);

type Arguments = { verb: "build" | "vacuum"; folder: string };

function parse(args: string[]): ParseResult<Arguments> {
	const parsed = parseArguments(description, args);
	if (!parsed.ok) return parsed;
	const [verb, folder, ...rest] = parsed.positionals;
	if ((verb !== "build" && verb !== "vacuum") || folder === undefined || rest.length > 0) {
		return { ok: false, message: `Say build or vacuum, and name one folder.\n${usageOf(description.usage)}` };
	}
	return { ok: true, verb, folder: resolve(folder) };
}

async function main({ verb, folder }: Arguments): Promise<0 | 1> {
	if (verb === "build") return build(folder);
	const { vacuumStore } = await import("./vacuum.ts");
	return vacuumStore(folder);
}

async function build(folder: string): Promise<0 | 1> {
	const loaded = readConfig({ ...process.env, PORT: undefined });
	if (!loaded.ok) return fail(loaded.problems.join("\n"));
	const { buildContent } = await import("../build/build.ts");
	const { formatReport } = await import("../build/report.ts");
	const { readSite } = await import("../build/site.ts");
	const { buildFolder } = await import("../selfhost/build.ts");
	const { parseWorkerSettings } = await import("../selfhost/settings.ts");
	const { SelfhostError } = await import("../selfhost/error.ts");
	const { generatedFlags, runWrangler } = await import("./wrangler.ts");
	const { contentDir, outDir } = loaded.config;
	const { site } = readSite(contentDir);
	const started = performance.now();
	const built = await buildContent({ ...loaded.config, cards: true });
	const { problems, summary } = formatReport(built, performance.now() - started);
	for (const problem of problems) console.error(problem);
	if (!built.ok) return fail(`${summary} No folder was built.`);
	console.log(summary);

	const workerDir = await mkdtemp(join(tmpdir(), "edgecat-selfhost-"));
	try {
		const bundled = await runWrangler(
			["deploy", "--dry-run", "--outdir", workerDir, "--env=", ...generatedFlags(outDir)],
			{ env: { EDGECAT_SKIP_BUILD: "1" } },
		);
		if (!bundled.ok) {
			return fail(
				`${bundled.stdout}\n${bundled.stderr}\nThe Worker could not be bundled; see the error above.`,
			);
		}
		await buildFolder(folder, {
			root: projectRoot,
			workerDir,
			mainModule: "index.js",
			settings: parseWorkerSettings(await readFile(join(projectRoot, "wrangler.toml"), "utf8")),
			assetsDir: join(outDir, "assets"),
			site: { url: site.url, author: site.author.name },
			now: Date.now(),
		});
	} catch (error) {
		if (error instanceof SelfhostError) return fail(error.message);
		throw error;
	} finally {
		await rm(workerDir, { recursive: true, force: true });
	}
	if (URL.parse(site.url)?.hostname === "localhost") {
		console.warn(
			`The url in site.yaml is ${site.url}, and so links in mails and invitations lead there. Set it to the blog's address, and build again.`,
		);
	}
	const shown = displayPath(folder);
	console.log(
		`The blog is in ${shown}. Copy the folder to your server, and run ${join(shown, "start")} there.`,
	);
	return 0;
}
