import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "parse5";
import { addressAttributes, mapSrcset } from "./references.ts";
import { attribute, elementsIn } from "./tree.ts";

/**
 * Reads every file of a copy and returns a line for each address that leads nowhere or to the old place. `url` is the new
 * place, `old` the one before.
 */
export function checkCopy(dir: string, url: string, old: string): string[] {
	const files = readdirSync(dir, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	const pages = new Map(files.filter((file) => file.endsWith(".html")).map((file) => [file, readPage(file)]));
	const problems: string[] = [];
	const isThere = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
	const base = new URL(url).pathname.replace(/\/$/, "");
	const check = (file: string, written: string) => {
		// The page for unknown addresses, which is shown at any depth, has addresses from the root.
		const isMissing = relative(dir, file) === "404.html" && written.startsWith(`${base}/`);
		const address = isMissing ? url + written.slice(base.length) : written;
		const wrong = (what: string) => problems.push(`${relative(dir, file)}: ${address} ${what}`);
		if (old !== url && isBelow(address, old)) return wrong("leads to the old place");
		const isOwn = isBelow(address, url);
		if (!isOwn && (/^[a-z][a-z\d+.-]*:/i.test(address) || address.startsWith("//"))) return;
		const [path = "", fragment = ""] = (isOwn ? address.slice(url.length) : address).split("#");
		const decoded = decode(path.split("?")[0] ?? "");
		if (!isOwn && decoded.startsWith("/")) return wrong("does not work from disk");
		let target =
			decoded === ""
				? isOwn
					? join(dir, "index.html")
					: file
				: decoded.startsWith("/")
					? join(dir, decoded)
					: join(dirname(file), decoded);
		if (decoded.endsWith("/")) target = join(target, "index.html");
		if (!isThere(target)) return wrong("leads nowhere");
		const ids = pages.get(target)?.ids;
		if (fragment !== "" && ids !== undefined && !ids.has(decode(fragment)))
			wrong("leads to no place of that page");
	};
	for (const [file, { addresses }] of pages) for (const address of addresses) check(file, address);
	for (const file of files.filter(
		(each) => /\.(?:xml|rss|json|opml|txt|md)$/.test(each) && !relative(dir, each).startsWith("media"),
	)) {
		const text = readFileSync(file, "utf8");
		for (const [, address = ""] of text.matchAll(inFiles)) {
			if (/^https?:/.test(address)) check(file, address.replaceAll("&amp;", "&"));
		}
	}
	return problems;
}

/** Matches addresses in feeds, also in their HTML, and in the other files that have some. */
const inFiles =
	/(?:(?:href|src)=\\?"|"(?:url|home_page_url|feed_url|external_url)": ?"|<(?:loc|link|comments|wfw:commentRss)>|Sitemap: )([^"\\<\s]+)/g;

function readPage(file: string): { addresses: string[]; ids: Set<string> } {
	const elements = elementsIn(parse(readFileSync(file, "utf8")));
	const addresses = elements.flatMap((element) => {
		const own = addressAttributes(element).map(({ value }) => value);
		const srcset = attribute(element, "srcset");
		if (srcset !== null)
			mapSrcset(srcset, (address) => {
				own.push(address);
				return address;
			});
		const content = element.tagName === "meta" ? attribute(element, "content") : null;
		return content !== null && /^https?:\/\//.test(content) ? [...own, content] : own;
	});
	return { addresses, ids: new Set(elements.flatMap((element) => attribute(element, "id") ?? [])) };
}

function isBelow(address: string, place: string): boolean {
	return address === place || (address.startsWith(place) && /^[/?#]/.test(address.slice(place.length)));
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text).normalize("NFC");
	} catch {
		return text;
	}
}
