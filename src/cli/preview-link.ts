/** `npm run preview-link -- content/posts/x.md`: a link to read a draft or scheduled post by, for some days. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { defaultTheme, narrowedIn } from "../publish/build.ts";
import { createContentCache, readContent } from "../publish/content.ts";
import { shownPath } from "../publish/problems.ts";
import { previewLink } from "./preview.ts";
import { keepSecrets } from "./secrets.ts";
import { projectRoot, readSettings } from "./settings.ts";

const usage = "Usage: npm run preview-link -- content/posts/x.md [--days 7] [--remote]";

const howToGetTheSecret = [
	"A deployed blog keeps its SIGNING_SECRET to itself, and a link has to be signed with the same one.",
	"Its desk makes links as well: sign in as an owner and open /admin/upcoming.",
	"Or put the secret into the environment: SIGNING_SECRET=… npm run preview-link -- FILE --remote",
	"If you never saw it, give the blog one of your own first: npx wrangler secret put SIGNING_SECRET",
	"(32 random bytes; readers' cookies are signed with it too, so they will be strangers to their old comments).",
].join("\n");

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const read = parse(args);
	if (typeof read === "string") return fail(`${read}\n${usage}`);
	const { remote, days } = read.values;
	const [file, ...rest] = read.positionals;
	if (file === undefined || rest.length > 0) return fail(usage);
	if (!/^[1-9]\d{0,2}$/.test(days)) return fail(`--days is "${days}"; write a whole number from 1 to 999.`);
	const settings = readSettings(process.env);
	if (!settings.ok) return fail(settings.problems.join("\n"));

	const { contentDir, outDir, persistTo, port } = settings.settings;
	const content = await readContent(contentDir, defaultTheme, narrowedIn(outDir), createContentCache());
	const secret = remote ? process.env.SIGNING_SECRET : await localSecret(persistTo);
	if (secret === undefined || secret === "") return fail(howToGetTheSecret);
	const made = await previewLink(
		{
			file: shownPath(file),
			base: remote ? content.manifest.site.url : `http://localhost:${port}`,
			secret,
			days: Number(days),
			now: Date.now(),
		},
		content,
	);
	if (!made.ok) return fail(made.says);
	console.log(made.link);
	console.error(made.says);
	return 0;
}

/** The secret the local server signs with: one written in .dev.vars comes before the one it made for itself. */
async function localSecret(persistTo: string): Promise<string | undefined> {
	const written = await readFile(join(projectRoot, ".dev.vars"), "utf8").catch(() => "");
	return parseEnv(written).SIGNING_SECRET || (await keepSecrets(persistTo)).SIGNING_SECRET;
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
