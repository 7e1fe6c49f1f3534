import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeHTML } from "entities";
import { decodePath } from "../posts/paths.ts";
import type { Progress } from "./collect.ts";
import { absolute } from "./convert/clean.ts";
import type { SourceFile } from "./input/source-file.ts";
import type { FindFile } from "./media-files.ts";
import { extensionOf, isReadable } from "./media-type.ts";
import { placeOf } from "./plan-entries.ts";
import type { Spool } from "./spool.ts";
import { writeNew } from "./write-entries.ts";

/** Gets a file from the old blog; the reason if it cannot be had. */
export type FetchMedium = (address: string) => Promise<{ bytes: Buffer } | { reason: string }>;

/** Everything media need. */
export type MediaContext = {
	spool: Spool;
	find: FindFile;
	/** Null unless the owner asked for it. */
	fetch: FetchMedium | null;
	/** Whether a host is the old blog's. */
	isOld(host: string): boolean;
	/** The address of the text of a record, or null. */
	baseOf(source: string, addresses: readonly string[]): string | null;
	contentDir: string;
	apply: boolean;
	progress: Progress;
	signal: AbortSignal;
};

/** New addresses of media by the keys of their old ones. */
export type MediaMap = ReadonlyMap<string, string>;

/**
 * Copies or fetches the media of an export and the files its texts show, and returns their new addresses. Those that cannot
 * be had are reported with their old ones.
 */
export async function importMedia(context: MediaContext): Promise<MediaMap> {
	const { spool, progress, signal } = context;
	const map = new Map<string, string>();
	const taken = new Set<string>();
	let done = 0;
	for (const { n, record } of spool.media()) {
		signal.throwIfAborted();
		const result = await takeMedium(record.address, context, taken);
		if ("reason" in result) spool.settle(n, "reported", `${record.address} ${result.reason}`);
		else {
			map.set(mediumKey(record.address), result.path);
			spool.settle(n, result.isNew ? "written" : "present");
		}
		progress("Media", ++done);
	}
	for (const spooled of spool.entries()) {
		signal.throwIfAborted();
		const { source, record } = spooled;
		const base = context.baseOf(source, record.addresses);
		for (const address of mediaIn(record.text.text, base)) {
			const host = URL.parse(address)?.host ?? "";
			if (map.has(mediumKey(address)) || !context.isOld(host.replace(/^www\./, ""))) continue;
			const full = fullSize(address);
			if (full !== address && map.has(mediumKey(full))) continue;
			const result = await takeFirst([full, address], context, taken);
			if ("reason" in result) {
				spool.remark(
					record.kind,
					placeOf(spooled),
					`"${record.title}" shows ${address}, which ${result.reason}`,
				);
			} else map.set(mediumKey(result.address), result.path);
			progress("Media", ++done);
		}
	}
	return map;
}

/** Returns the key of a medium's address: without scheme, query and the resizing proxy of WordPress.com. */
export function mediumKey(address: string): string {
	const url = URL.parse(address.trim());
	if (url === null) return address;
	const proxied = /^i\d\.wp\.com$/.test(url.host) ? url.pathname.slice(1) : `${url.host}${url.pathname}`;
	return decodePath(proxied)
		.normalize("NFC")
		.replace(/^www\./, "");
}

/** Returns the address of the full-size picture of a smaller copy that WordPress made: `a-300x200.jpg` is one of `a.jpg`. */
export function fullSize(address: string): string {
	return address.replace(/[?#].*$/, "").replace(/-\d+x\d+(?=\.\w+$)/, "");
}

type PlacedMedium = { path: string; isNew: boolean } | { reason: string };

async function takeFirst(
	addresses: readonly string[],
	context: MediaContext,
	taken: Set<string>,
): Promise<{ path: string; address: string } | { reason: string }> {
	let reason = "is not here.";
	for (const address of new Set(addresses)) {
		const result = await takeMedium(address, context, taken);
		if ("path" in result) return { path: result.path, address };
		({ reason } = result);
	}
	return { reason };
}

/** The most bytes of a file: Cloudflare's limit for one asset. */
export const maxMediumSize = 25 * 2 ** 20;

async function takeMedium(address: string, context: MediaContext, taken: Set<string>): Promise<PlacedMedium> {
	const { find, fetch, contentDir, apply } = context;
	const url = URL.parse(address);
	if (url === null) return { reason: "is no web address; left out." };
	const wanted = targetOf(url);
	const file = find(url.pathname);
	if (file === null) {
		if (fetch === null) return { reason: "is not here; give its folder with --media, or add --fetch-media." };
		const early = join(contentDir, "media", wanted);
		if (existsSync(early)) return { path: `/media/${wanted}`, isNew: false };
		if (!apply) return { path: `/media/${wanted}`, isNew: true };
	}
	const got = file === null ? await (fetch?.(address) ?? { reason: "is not here." }) : await readAll(file);
	if ("reason" in got) return got;
	return place(got.bytes, wanted, context, taken);
}

async function readAll(file: SourceFile): Promise<{ bytes: Buffer } | { reason: string }> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of file.bytes()) {
		size += chunk.length;
		if (size > maxMediumSize) return { reason: tooLarge };
		chunks.push(chunk);
	}
	return { bytes: Buffer.concat(chunks) };
}

/** The reason for leaving out a file over the limit. */
export const tooLarge = "is larger than 25 MiB, the limit of a file; host it elsewhere.";

async function place(
	bytes: Buffer,
	wanted: string,
	{ contentDir, apply }: MediaContext,
	taken: Set<string>,
): Promise<PlacedMedium> {
	const head = bytes.subarray(0, 512 * 1024);
	const written = /\.(\w+)$/.exec(wanted)?.[1] ?? "";
	const extension = extensionOf(head, written);
	if (extension === null)
		return { reason: "is no picture, sound, film or document by its content; left out." };
	if (!isReadable(head, extension)) return { reason: "is a picture that cannot be read; left out." };
	const stem = wanted.replace(/\.\w+$/, "");
	for (let next = 1; ; next++) {
		const name = `${stem}${next === 1 ? "" : `-${next}`}.${extension}`;
		const path = join(contentDir, "media", name);
		const isThere = existsSync(path);
		const isSame = isThere && hash(readFileSync(path)) === hash(bytes);
		if (isSame) return { path: `/media/${name}`, isNew: false };
		if (isThere || taken.has(name.toLowerCase())) continue;
		taken.add(name.toLowerCase());
		if (apply) await writeNew(path, bytes);
		return { path: `/media/${name}`, isNew: true };
	}
}

function hash(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** Returns the path below the media folder for an old address: its folders after those every blog of a kind has, and its name. */
function targetOf(url: URL): string {
	const path = decodePath(url.pathname).normalize("NFC");
	const [, below = path] =
		/\/(?:wp-content\/uploads|uploads|media|images?|files|assets)\/(.+)$/.exec(path) ?? [];
	const segments = below
		.split("/")
		.map((segment) => segment.replace(/[<>:"|*?#%\\\p{Cc}\s]+/gu, "-").replace(/^[-.~]+|[-.~]+$/g, ""))
		.filter((segment) => segment !== "")
		.slice(-4);
	const name = segments.pop() ?? "file";
	const short =
		[...name].length > 80 ? `${[...name].slice(0, 60).join("")}${/\.\w+$/.exec(name)?.[0] ?? ""}` : name;
	return [...segments.map((segment) => [...segment].slice(0, 60).join("")), short].join("/");
}

/** Returns the absolute addresses of files in a text: what is shown, and links to files. */
function mediaIn(text: string, base: string | null): Set<string> {
	const addresses = new Set<string>();
	const patterns = [
		/\b(?:src|data-src|data-lazy-src|data-original|poster|mp3|mp4|ogg|m4a|webm)\s*=\s*(?:"([^"]+)"|'([^']+)')/gi,
		/\bhref\s*=\s*(?:"([^"]+\.(?:jpe?g|png|gif|webp|avif|svg|pdf|mp3|m4a|ogg|mp4|webm|zip|docx?|xlsx?|pptx?|epub))"|'([^']+\.(?:jpe?g|png|gif|webp|avif|svg|pdf|mp3|mp4|zip))')/gi,
		/!\[[^\]]*\]\(\s*<?([^\s)>]+)/g,
	];
	for (const pattern of patterns) {
		for (const [, double, single] of text.matchAll(pattern)) {
			const address = absolute(decodeHTML(double ?? single ?? ""), base);
			if (/^https?:/i.test(address)) addresses.add(address);
		}
	}
	return addresses;
}
