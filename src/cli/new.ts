/** `npm run new -- "Title"`: creates the file of a post or page, with its front matter. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { displayPath } from "../build/problems.ts";
import { isVisible } from "../text/visible.ts";
import { command, fail, type ParseResult, parseArguments, usageOf } from "./command.ts";
import { readConfig } from "./config.ts";
import type { NewEntry } from "./new-entry.ts";

const description = {
	summary: "Creates the file of a post or page, with its front matter.",
	usage: ['npm run new -- "Title" [--page] [--lang ja] [--draft]'],
	options: {
		page: { type: "boolean", help: "create a page instead of a post" },
		lang: { type: "string", placeholder: "TAG", help: "its language (default the title's, or the site's)" },
		draft: { type: "boolean", help: "do not publish it yet" },
	},
	positionals: true,
	environment: ["CONTENT_DIR"],
	example: 'npm run new -- "Hello, harbour" --draft',
} as const;

process.exitCode = await command(description, parse, main);

function parse(args: string[]): ParseResult<NewEntry> {
	const parsed = parseArguments(description, args);
	if (!parsed.ok) return parsed;
	const { page, draft, lang: written } = parsed.values;
	const [title, ...rest] = parsed.positionals;
	const wrong = (message: string) => ({ ok: false as const, message });
	if (title === undefined || !isVisible(title)) return wrong(usageOf(description.usage));
	if (rest.length > 0)
		return wrong(`Put the title in quotes: npm run new -- "${parsed.positionals.join(" ")}"`);
	if (draft && page) return wrong("Pages cannot be drafts; omit --draft or --page.");
	const lang = written === undefined ? null : canonicalTag(written);
	if (written !== undefined && lang === null) {
		return wrong(`"${written}" is not a language tag; use one such as en, ja or pt-BR.`);
	}
	return { ok: true, title, page, draft, lang };
}

async function main(options: NewEntry): Promise<0 | 1> {
	const loaded = readConfig({ ...process.env, PORT: undefined });
	if (!loaded.ok) return fail(loaded.problems.join("\n"));

	const { Temporal } = await import("temporal-polyfill");
	const { readIds } = await import("../build/ids.ts");
	const { readSite } = await import("../build/site.ts");
	const { newEntry } = await import("./new-entry.ts");
	const { contentDir } = loaded.config;
	const { site } = readSite(contentDir);
	const today = Temporal.Now.plainDateISO(site.timezone).toString();
	const ids = readIds(contentDir);
	const entry = newEntry(options, site, today, (id) => ids.has(id));
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

function canonicalTag(written: string): string | null {
	try {
		return Intl.getCanonicalLocales(written)[0] ?? null;
	} catch {
		// Only a malformed tag throws.
		return null;
	}
}
