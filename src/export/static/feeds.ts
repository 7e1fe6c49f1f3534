import { addressOf, here, relativeAddress } from "./files.ts";
import type { FindTarget } from "./page.ts";

/** Leads the links of a feed or another file to the copy. Pages of feeds, which have a query, are left out. */
export function copyFile(text: string, file: string, type: string, find: FindTarget): string {
	if (/\bjson\b/.test(type)) return `${JSON.stringify(copyJson(JSON.parse(text), find))}\n`;
	if (!/\bxml\b/.test(type)) return text;
	return copyAttributes(
		text.replace(/<(?:atom:)?link rel="(?:first|previous|next|last)"[^>]*\/>\s*/g, ""),
		file,
		find,
	).replace(
		// Not of ids, which survive a move.
		/<(link|comments|wfw:commentRss)>(https?:[^<]*)<\//g,
		(whole, name: string, written: string) => {
			const address = absolute(written, find);
			return address === null ? whole : `<${name}>${address}</`;
		},
	);
}

/** Leads the links in attributes to the copy, also in escaped HTML. A link of a post's text to nothing loses its address. */
function copyAttributes(text: string, file: string, find: FindTarget): string {
	return text.replace(/ (href|src)="((?:https?:|\/)[^"]*)"/g, (whole, name: string, written: string) => {
		const target = find(plainAddress(written));
		if (target === "elsewhere") return whole;
		if (typeof target === "string") return "";
		const address = written.startsWith("/") ? relativeAddress(file, target.file) : absolute(written, find);
		return ` ${name}="${address}"`;
	});
}

/** Leads the addresses and the HTML of a JSON Feed to the copy. */
function copyJson(value: unknown, find: FindTarget): unknown {
	if (Array.isArray(value)) return value.map((each) => copyJson(each, find));
	if (typeof value === "string") {
		return value.startsWith("http")
			? (absolute(value, find) ?? value)
			: copyAttributes(value, "feed.json", find);
	}
	if (typeof value !== "object" || value === null) return value;
	const members = Object.entries(value).filter(([key]) => key !== "next_url");
	return Object.fromEntries(members.map(([key, each]) => [key, key === "id" ? each : copyJson(each, find)]));
}

/** Returns the whole address in the copy; null if there is none. */
function absolute(written: string, find: FindTarget): string | null {
	const target = find(plainAddress(written));
	if (typeof target === "string") return null;
	return here + addressOf(target.file) + (target.fragment === "" ? "" : `#${target.fragment}`);
}

/** Reads an address that is escaped once in XML, or twice in the HTML of a feed. */
const plainAddress = (text: string) => text.replaceAll(/&(?:amp;)+/g, "&");
