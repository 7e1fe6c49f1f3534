/** `npm run new -- "Title"`: makes the file of a post or page, with the right name and front matter. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { Temporal } from "temporal-polyfill";
import { shownPath } from "../publish/problems.ts";
import { readSite } from "../publish/site.ts";
import { newEntry } from "./new-entry.ts";
import { readSettings } from "./settings.ts";

const usage = 'Usage: npm run new -- "Title" [--page] [--lang ja] [--draft]';

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const read = parse(args);
	if (typeof read === "string") return fail(`${read}\n${usage}`);
	const { values, positionals } = read;
	const [title, ...rest] = positionals;
	if (title === undefined || title.trim() === "") return fail(usage);
	if (rest.length > 0) return fail(`Write the title in quotes: npm run new -- "${positionals.join(" ")}"`);
	if (values.draft && values.page) return fail("Pages have no drafts; leave out --draft or --page.");
	const lang = values.lang === undefined ? null : canonicalTag(values.lang);
	if (values.lang !== undefined && lang === null) {
		return fail(`"${values.lang}" is not a language tag; write one such as en, ja or pt-BR.`);
	}
	const settings = readSettings({ ...process.env, PORT: undefined });
	if (!settings.ok) return fail(settings.problems.join("\n"));

	const { contentDir } = settings.settings;
	const { site } = readSite(contentDir);
	const today = Temporal.Now.plainDateISO(site.timezone).toString();
	const made = newEntry({ title, page: values.page, draft: values.draft, lang }, site, today);
	if (!made.ok) return fail(made.says);
	const path = join(contentDir, made.path);
	if (existsSync(path))
		return fail(`${shownPath(path)} is there already; write another title or edit that file.`);
	await mkdir(dirname(path), { recursive: true });
	// The flag refuses a file made since the look above.
	await writeFile(path, made.text, { flag: "wx" });
	console.log(shownPath(path));
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
