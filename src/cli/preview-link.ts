/** `npm run preview-link -- content/posts/x.md`: prints a temporary link to a draft or scheduled post. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { defaultTheme, variantsFolder } from "../build/build.ts";
import { createContentCache, readContent } from "../build/content.ts";
import { displayPath } from "../build/problems.ts";
import { projectRoot, readConfig } from "./config.ts";
import { createPreviewLink } from "./preview.ts";
import { ensureSecrets } from "./secrets.ts";

const usage = "Usage: npm run preview-link -- content/posts/x.md [--days 7] [--remote]";

const secretHint = [
	"The link must be signed with the deployment's SIGNING_SECRET, which cannot be read back.",
	"Create the link in the admin instead: sign in as an owner and open /admin/upcoming.",
	"Or pass the secret in the environment: SIGNING_SECRET=… npm run preview-link -- FILE --remote",
	"If you do not have it, set a new one first: npx wrangler secret put SIGNING_SECRET",
	"(32 random bytes; this also invalidates readers' cookies, so they lose control of their comments).",
].join("\n");

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const parsed = parse(args);
	if (typeof parsed === "string") return fail(`${parsed}\n${usage}`);
	const { remote, days } = parsed.values;
	const [file, ...rest] = parsed.positionals;
	if (file === undefined || rest.length > 0) return fail(usage);
	if (!/^[1-9]\d{0,2}$/.test(days)) return fail(`--days is "${days}"; write a whole number from 1 to 999.`);
	const loaded = readConfig(process.env);
	if (!loaded.ok) return fail(loaded.problems.join("\n"));

	const { contentDir, outDir, persistTo, port } = loaded.config;
	const content = await readContent(contentDir, defaultTheme, variantsFolder(outDir), createContentCache());
	const secret = remote ? process.env.SIGNING_SECRET : await localSecret(persistTo);
	if (secret === undefined || secret === "") return fail(secretHint);
	const result = await createPreviewLink(
		{
			file: displayPath(file),
			base: remote ? content.manifest.site.url : `http://localhost:${port}`,
			secret,
			days: Number(days),
			now: Date.now(),
		},
		content,
	);
	if (!result.ok) return fail(result.message);
	console.log(result.link);
	console.error(result.message);
	return 0;
}

/** Returns the local server's SIGNING_SECRET: from .dev.vars, or else its generated one. */
async function localSecret(persistTo: string): Promise<string | undefined> {
	const written = await readFile(join(projectRoot, ".dev.vars"), "utf8").catch(() => "");
	return parseEnv(written).SIGNING_SECRET || (await ensureSecrets(persistTo)).SIGNING_SECRET;
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: { remote: { type: "boolean", default: false }, days: { type: "string", default: "7" } },
		});
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

function fail(sentence: string): 1 {
	console.error(sentence);
	return 1;
}
