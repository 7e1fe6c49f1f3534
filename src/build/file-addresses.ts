import { posix } from "node:path";
import { decodeHTMLStrict } from "entities";
import { encodePath } from "../posts/paths.ts";

/** A file that an address leads to: its decoded path on the site, and the address it is served at. */
export type FileAddress = { path: string; address: string };

/** A way to read an address: a decoded name (NFC), and the query and fragment that follow it. */
export type Reading = { name: string; suffix: string };

/**
 * Finds the file an address leads to. `folder` is that of the text with the address, below the content folder, such as
 * `posts/2024`; relative addresses start there.
 */
export function findFile(
	href: string,
	folder: string,
	files: { has(path: string): boolean },
): FileAddress | null {
	if (/^\s*(?:[a-z][a-z\d+.-]*:|\/(?!media\/))/i.test(href)) return null;
	for (const { name, suffix } of readAddress(href)) {
		const path = toSitePath(name, folder);
		if (path !== null && files.has(path)) return { path, address: encodePath(path) + suffix };
	}
	return null;
}

/**
 * Returns every reading of an address, the longest name first, because names may contain `#`, `?`, `%` and character
 * references, and some write folders with backslashes: `/media/C#.png` is a file of that name if there is one, and otherwise `/media/C` with a fragment.
 */
export function readAddress(href: string): Reading[] {
	const signs = Array.from(href.matchAll(/[?#]/g), ({ index }) => index).slice(0, maxSigns);
	const ends = [href.length, ...signs.reverse()];
	return ends.flatMap((end) => {
		const written = href.slice(0, end).trim();
		const decoded = [written, decodeSequences(written), decodeSequences(decodeHTMLStrict(written))];
		const spellings = decoded.flatMap((name) => [name, name.replaceAll("\\", "/")]);
		const names = new Set(spellings.map((name) => name.normalize("NFC")));
		return Array.from(names, (name) => ({ name, suffix: href.slice(end).trim() }));
	});
}

/** Returns the path at which a file of the content folder is served: files beside posts and pages are media too. */
export function toMediaPath(name: string): string {
	return name.startsWith("media/") ? `/${name}` : `/media/${name}`;
}

/** Whether an address is neither absolute nor only a query or fragment. */
export function isRelative(href: string): boolean {
	return href !== "" && !/^(?:[a-z][a-z\d+.-]*:|\/|#|\?)/i.test(href);
}

function toSitePath(name: string, folder: string): string | null {
	if (name.startsWith("/media/")) return posix.normalize(name);
	if (/^(?:[a-z][a-z\d+.-]*:|\/|$)/i.test(name)) return null;
	const full = posix.join(folder, name);
	return /^(?:media|posts|pages)\//.test(full) ? toMediaPath(full) : null;
}

/** Signs in an address that may be part of a name. */
const maxSigns = 16;

/** Decodes each run of percent-encoded bytes that is UTF-8, and leaves every other percent sign. */
function decodeSequences(text: string): string {
	return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
		try {
			return decodeURIComponent(run);
		} catch {
			return run;
		}
	});
}
