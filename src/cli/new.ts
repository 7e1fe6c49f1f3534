/** `npm run new -- "Title"`: creates the file of a post or page, with its front matter. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { Temporal } from "temporal-polyfill";
import { displayPath } from "../build/problems.ts";
import { readSite } from "../build/site.ts";
import { readConfig } from "./config.ts";
import { newEntry } from "./new-entry.ts";

const usage = 'Usage: npm run new -- "Title" [--page] [--lang ja] [--draft]';

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const parsed = parse(args);
	if (typeof parsed === "string") return fail(`${parsed}\n${usage}`);
	const { values, positionals } = parsed;
	const [title, ...rest] = positionals;
	if (title === undefined || title.trim() === "") return fail(usage);
	if (rest.length > 0) return fail(`Put the title in quotes: npm run new -- "${positionals.join(" ")}"`);
	if (values.draft && values.page) return fail("Pages cannot be drafts; omit --draft or --page.");
	const lang = values.lang === undefined ? null : canonicalTag(values.lang);
	if (values.lang !== undefined && lang === null) {
		return fail(`"${values.lang}" is not a language tag; use one such as en, ja or pt-BR.`);
	}
	const loaded = readConfig({ ...process.env, PORT: undefined });
	if (!loaded.ok) return fail(loaded.problems.join("\n"));

	const { contentDir } = loaded.config;
	const { site } = readSite(contentDir);
	const today = Temporal.Now.plainDateISO(site.timezone).toString();
	const entry = newEntry({ title, page: values.page, draft: values.draft, lang }, site, today);
	if (!entry.ok) return fail(entry.message);
	const path = join(contentDir, entry.path);
	if (existsSync(path))
		return fail(`${displayPath(path)} already exists; choose another title or edit that file.`);
	await mkdir(dirname(path), { recursive: true });
	// The flag refuses a file created since the check above.
	await writeFile(path, entry.text, { flag: "wx" });
	console.log(displayPath(path));
	return 0;
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				page: { type: "boolean", default: false },
				draft: { type: "boolean", default: false },
				lang: { type: "string" },
			},
		});
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

function canonicalTag(written: string): string | null {
	try {
		return Intl.getCanonicalLocales(written)[0] ?? null;
	} catch {
		// Only a malformed tag throws.
		return null;
	}
}

function fail(sentence: string): 1 {
	console.error(sentence);
	return 1;
}
