import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { row, statement } from "../../db/statement.ts";
import { enginePaths } from "../../posts/engine-paths.ts";
import { escapeHtml } from "../../posts/html.ts";
import { ExportError } from "../error.ts";
import type { SiteCopy } from "./app.ts";
import { copyFile } from "./feeds.ts";
import { fileOf, here } from "./files.ts";
import { copyPage, type Target } from "./page.ts";
import { sentencesFor } from "./strings.ts";

/** A site to copy into a folder. */
export type CopyOptions = {
	site: SiteCopy;
	d1: D1Database;
	dir: string;
	/** The address of the copy, and the blog's own, without a slash at the end. */
	url: string;
	old: string;
	lang: string;
	/** Paths of the media, and the files with their content. */
	media: ReadonlyMap<string, { path: string }>;
	progress(step: string, done: number): void;
};

/** The number of pages and files, and the links in texts that led nowhere, by page. */
export type CopyResult = { files: number; lost: readonly string[] };

/** Pages for one visitor or for members, which a copy cannot have. */
const privateSegments: ReadonlySet<string> = new Set([
	...enginePaths.visitor,
	...enginePaths.admin,
	"search",
	...["opensearch.xml", "api", "llms.txt", "llms-full.txt"],
]);

/** Writes every page, feed and file of a site, redirects of old addresses, and headers. */
export async function copySite(options: CopyOptions): Promise<CopyResult> {
	const { site, dir, url, media, progress } = options;
	const addresses = site.addresses();
	const files = new Set([...addresses, ...media.keys()].map(fileOf));
	const permalinks = await readPermalinks(options);
	const find = targetFinder(options, files, permalinks);
	const styles = new Set<string>();
	const types = new Map<string, string>();
	const lost: string[] = [];
	let written = 0;
	const save = async (file: string, content: string | Uint8Array) => {
		await mkdir(dirname(join(dir, file)), { recursive: true });
		await writeFile(join(dir, file), typeof content === "string" ? content.replaceAll(here, url) : content);
		progress("Writing", ++written);
	};
	for (const address of addresses) {
		const response = await site.get(address);
		if (!response.ok) {
			throw new ExportError(
				`${address} answers ${response.status}; run npm start once, which migrates the database, and open it there.`,
			);
		}
		const file = fileOf(address);
		const type = response.headers.get("Content-Type") ?? "";
		if (type.startsWith("text/html")) {
			const page = copyPage(await response.text(), file, (written) => find(written, address));
			for (const style of page.styles) styles.add(style);
			lost.push(...page.lost.map((link) => `${address}: ${link}`));
			await save(file, page.html);
		} else {
			types.set(/\.\w+$/.exec(address)?.[0] ?? address, type);
			const written = await response.text();
			// Markdown has the addresses as they were written.
			const text = type.startsWith("text/markdown")
				? written.replaceAll(`${options.old}/`, `${here}/`)
				: written;
			await save(
				file,
				copyFile(text, file, type, (written) => find(written, address)),
			);
		}
	}
	const missing = await site.get("/404/");
	await save(
		"404.html",
		withAbsoluteLinks(copyPage(await missing.text(), "404.html", (written) => find(written, "/")).html, url),
	);
	for (const [path, source] of media) await save(fileOf(path), await readFile(source.path));
	const aliases = site
		.aliases()
		.filter(([from]) => !files.has(fileOf(from)) && !files.has(fileOf(withSlash(from))));
	for (const [from, to] of aliases) await save(fileOf(withSlash(from)), stub(url + to, options.lang));
	await save("_redirects", redirects([...aliases, ...permalinks]));
	await save("_headers", headers(styles, types));
	return { files: written, lost };
}

/** Comments of one answer. */
const pageSize = 5000;

const selectShown = statement<{ last: number }, { id: number; post_id: string }>(
	`SELECT id, post_id FROM comments WHERE id > :last AND (state = 'published' OR has_public_replies)
	ORDER BY id LIMIT ${pageSize}`,
	row({ id: v.number(), post_id: v.string() }),
);

/** Finds the page of every comment that a page shows, by the path of its permalink. */
async function readPermalinks({ site, d1 }: CopyOptions): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	for (let last = 0, isMore = true; isMore; ) {
		const shown = await selectShown.all(d1, { last });
		for (const { id, post_id } of shown) {
			last = id;
			const path = site.pathOf(post_id);
			if (path !== null) found.set(`/comments/${id}`, `${path}#comment-${id}`);
		}
		isMore = shown.length === pageSize;
	}
	return found;
}

function targetFinder(
	{ site, url, old }: CopyOptions,
	files: ReadonlySet<string>,
	permalinks: ReadonlyMap<string, string>,
): (written: string, from: string) => Target {
	const inCopy = (path: string, fragment: string): Target | null => {
		const file = fileOf(path);
		return files.has(file) ? { file, fragment } : null;
	};
	return (written, from) => {
		const absolute = URL.parse(written, here + from);
		if (absolute === null || written.startsWith("#")) return "elsewhere";
		// The blog knows nothing of a folder it is copied to: addresses from the root are its own.
		const home = [here, url, old].find(
			(each) => absolute.href === each || absolute.href.startsWith(`${each}/`),
		);
		if (home === undefined) return "elsewhere";
		const path = absolute.href.slice(home.length).replace(/[?#].*$/s, "") || "/";
		const fragment = decodeURIComponent(absolute.hash.slice(1));
		const permalink = permalinks.get(path);
		if (permalink !== undefined) {
			const [page = "", anchor = ""] = permalink.split("#");
			return inCopy(page, anchor) ?? "nowhere";
		}
		if (privateSegments.has(path.split("/")[1] ?? "") && inCopy(path, "") === null) return "private";
		const resolved = site.resolve(decodeURIComponent(path), absolute.searchParams);
		const canonical = resolved === null ? null : inCopy(resolved, fragment);
		const own = inCopy(path, fragment);
		return (absolute.search === "" ? (own ?? canonical) : (canonical ?? own)) ?? "nowhere";
	};
}

/** Makes the links of the page for unknown addresses absolute: it is shown at any depth. */
function withAbsoluteLinks(html: string, url: string): string {
	const base = new URL(`${url}/`).pathname;
	return html.replace(/(?<=\s(?:href|src)=")(?![a-z]+:|#|\/)([^"]*)/g, (address) => base + address);
}

/** Returns a page that leads from an old address to the new one, for hosts that do not read `_redirects`. */
function stub(target: string, lang: string): string {
	const address = escapeHtml(target);
	return `<!doctype html>\n<html lang="${escapeHtml(lang)}"><meta charset="utf-8"><title>${sentencesFor(lang).moved}</title><link rel="canonical" href="${address}"><meta http-equiv="refresh" content="0; url=${address}"><meta name="robots" content="noindex"><p><a href="${address}">${sentencesFor(lang).moved}</a></p></html>\n`;
}

function redirects(lines: Iterable<readonly [string, string]>): string {
	return Array.from(lines, ([from, to]) => `${from} ${to} 301\n`).join("");
}

function headers(styles: ReadonlySet<string>, types: ReadonlyMap<string, string>): string {
	const policy = `default-src 'none'; style-src ${[...styles]
		.sort()
		.map((style) => `'sha256-${style}'`)
		.join(
			" ",
		)} 'self'; img-src 'self' data:; media-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;
	const rules = [
		"/*",
		`  Content-Security-Policy: ${policy}`,
		"  X-Content-Type-Options: nosniff",
		"  Referrer-Policy: strict-origin-when-cross-origin",
	];
	for (const [extension, type] of types) rules.push(`/*${extension}`, `  Content-Type: ${type}`);
	return `${rules.join("\n")}\n`;
}

const withSlash = (path: string) => (path.endsWith("/") || /\.\w+$/.test(path) ? path : `${path}/`);
