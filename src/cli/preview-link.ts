/** `npm run preview-link -- content/posts/x.md`: prints a temporary link to a draft or scheduled post. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { displayPath } from "../build/problems.ts";
import { command, fail, type ParseResult, parseArguments, usageOf } from "./command.ts";
import { projectRoot, readConfig } from "./config.ts";

const description = {
	summary: "Prints a temporary link to a draft or scheduled post.",
	usage: ["npm run preview-link -- content/posts/x.md [--days 7] [--remote]"],
	options: {
		days: { type: "string", placeholder: "N", default: "7", help: "days until the link expires, 1 to 999" },
		remote: { type: "boolean", help: "make a link for the deployed blog instead of the local one" },
	},
	positionals: true,
	environment: ["CONTENT_DIR", "PERSIST_TO", "OUTPUT_DIR", "PORT", "SIGNING_SECRET"],
	example: "npm run preview-link -- content/posts/plan.md --days 2",
} as const;

const secretHint = [
	"The link must be signed with the deployment's SIGNING_SECRET, which cannot be read back.",
	"Create the link in the admin instead: sign in as an owner and open /admin/upcoming.",
	"Or pass the secret in the environment: SIGNING_SECRET=… npm run preview-link -- FILE --remote",
	"If you do not have it, set a new one first: npx wrangler secret put SIGNING_SECRET",
	"(32 random bytes; this also invalidates readers' cookies, so they lose control of their comments).",
].join("\n");

process.exitCode = await command(description, parse, main);

type Arguments = { file: string; days: number; remote: boolean };

function parse(args: string[]): ParseResult<Arguments> {
	const parsed = parseArguments(description, args);
	if (!parsed.ok) return parsed;
	const { remote, days } = parsed.values;
	const [file, ...rest] = parsed.positionals;
	if (file === undefined || rest.length > 0) return { ok: false, message: usageOf(description.usage) };
	if (!/^[1-9]\d{0,2}$/.test(days)) {
		return { ok: false, message: `--days is "${days}"; write a whole number from 1 to 999.` };
	}
	return { ok: true, file, days: Number(days), remote };
}

async function main({ file, days, remote }: Arguments): Promise<0 | 1> {
	const loaded = readConfig(process.env);
	if (!loaded.ok) return fail(loaded.problems.join("\n"));

	const { variantsFolder } = await import("../build/build.ts");
	const { createContentCache, readContent } = await import("../build/content.ts");
	const { createPreviewLink } = await import("./preview.ts");
	const { contentDir, outDir, persistTo, port } = loaded.config;
	const content = await readContent(contentDir, variantsFolder(outDir), createContentCache());
	const secret = remote ? process.env.SIGNING_SECRET : await localSecret(persistTo);
	if (secret === undefined || secret === "") return fail(secretHint);
	const result = await createPreviewLink(
		{
			file: displayPath(file),
			base: remote ? content.manifest.site.url : `http://localhost:${port}`,
			secret,
			days,
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
	const { ensureSecrets } = await import("./secrets.ts");
	const written = await readFile(join(projectRoot, ".dev.vars"), "utf8").catch(() => "");
	return parseEnv(written).SIGNING_SECRET || (await ensureSecrets(persistTo)).SIGNING_SECRET;
}
