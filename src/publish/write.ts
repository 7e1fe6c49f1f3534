import {
	copyFileSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Manifest } from "../posts/manifest.ts";
import { writeIndex } from "../posts/post-index.ts";
import { digestOf, type Text } from "./bundle.ts";
import type { Content } from "./content.ts";
import type { Found } from "./folder.ts";
import { assetHeaders } from "./headers.ts";

/**
 * Writes what the Worker is bundled from, the index last, so that whoever reads it finds everything it names. What is
 * already as it should be is left alone. `serving` leaves the texts of the index before where they are until the next
 * time, for a Worker that still has it. Returns whether anything changed.
 */
export function writeContent(
	outDir: string,
	{ manifest, posts, texts, moved, media }: Pick<Content, "manifest" | "posts" | "texts" | "moved" | "media">,
	serving = false,
): boolean {
	const indexText = writeIndex(posts);
	const index = textFile("posts-", { parts: [indexText], digest: digestOf(indexText) });
	const bundled = moved ? [] : [textFile("bodies-", texts[0] ?? { parts: [], digest: digestOf("") })];
	const packs = moved ? texts.map((text) => textFile("_bodies/", text)) : [];
	const bodies = bundled[0]?.name ?? packs.map(({ name }) => name);
	const assets = join(outDir, "assets");
	const before = readIfThere(join(outDir, "index.js"));
	const named = new Set(["_headers", ...packs.map(({ name }) => name)]);
	const isKept = (path: string) => named.has(path.slice(1)) || media.has(path);
	mkdirSync(moved ? join(assets, "_bodies") : assets, { recursive: true });
	const changes = [
		...packs.map(({ name, parts }) => writeOnce(outDir, `assets/${name}`, parts)),
		...[index, ...bundled].map(({ name, parts }) => writeOnce(outDir, name, parts)),
		removeGone(assets, (path) => isKept(path) || before.includes(JSON.stringify(path.slice(1)))),
		...Array.from(media, ([path, file]) => copyIfChanged(outDir, `assets${path}`, file)),
		writeIfChanged(outDir, "assets/_headers", assetHeaders),
		writeIfChanged(outDir, "index.js", indexModule(manifest, index.name, bodies)),
	];
	if (!serving) removeGone(assets, isKept);
	const beside = new Set([index, ...bundled].map(({ name }) => name));
	for (const name of readdirSync(outDir)) {
		if (/^(?:posts|bodies)-.*\.txt$|\.partial$/.test(name) && !beside.has(name)) rmSync(join(outDir, name));
	}
	return changes.includes(true);
}

/** A file whose name says what is in it. */
function textFile(before: string, { parts, digest }: Text): { name: string; parts: readonly string[] } {
	return { name: `${before}${digest}.txt`, parts };
}

/** A JSON text is parsed several times faster than the same object written out in JavaScript. */
function indexModule(manifest: Manifest, postsName: string, bodies: string | readonly string[]): string {
	const moved = typeof bodies !== "string";
	return [
		"// Made by src/publish from the content folder.",
		`import posts from "./${postsName}";`,
		...(moved ? [] : [`import bundled from "./${bodies}";`]),
		`export const manifest = JSON.parse(${JSON.stringify(JSON.stringify(manifest))});`,
		`export const bodies = ${moved ? `{ moved: ${JSON.stringify(bodies)} }` : "{ bundled }"};`,
		"export { posts };",
		"",
	].join("\n");
}

function writeOnce(outDir: string, path: string, parts: readonly string[]): boolean {
	if (existing(join(outDir, path)) !== undefined) return false;
	return writeIfChanged(outDir, path, parts.join(""));
}

function writeIfChanged(outDir: string, path: string, text: string): boolean {
	const to = join(outDir, path);
	const bytes = Buffer.from(text);
	if (existing(to)?.size === bytes.length && readFileSync(to).equals(bytes)) return false;
	replace(outDir, to, (partial) => writeFileSync(partial, bytes));
	return true;
}

/** A copy carries its source's time, by which the next build knows it. */
function copyIfChanged(outDir: string, path: string, file: Found): boolean {
	const to = join(outDir, path);
	const copy = existing(to);
	if (copy?.size === file.size && Math.abs(copy.mtimeMs - file.modified) < 1) return false;
	mkdirSync(dirname(to), { recursive: true });
	replace(outDir, to, (partial) => {
		copyFileSync(file.path, partial);
		utimesSync(partial, file.modified / 1000, file.modified / 1000);
	});
	return true;
}

/** Writes beside the output first, so that nobody ever reads half a file. */
function replace(outDir: string, to: string, write: (partial: string) => void): void {
	const partial = join(outDir, `${process.pid}.partial`);
	try {
		write(partial);
		renameSync(partial, to);
	} finally {
		rmSync(partial, { force: true });
	}
}

function readIfThere(path: string): string {
	return existing(path) === undefined ? "" : readFileSync(path, "utf8");
}

function existing(path: string) {
	return statSync(path, { throwIfNoEntry: false });
}

/** Removes files that are not kept, and the folders that leaves empty. */
function removeGone(root: string, isKept: (path: string) => boolean, below = ""): boolean {
	let removed = false;
	const entries = readdirSync(join(root, below), { withFileTypes: true });
	let left = entries.length;
	for (const entry of entries) {
		const path = `${below}/${entry.name}`;
		const full = join(root, path);
		if (entry.isDirectory()) {
			removed = removeGone(root, isKept, path) || removed;
			if (existing(full) === undefined) left--;
		} else if (!isKept(path)) {
			rmSync(full);
			removed = true;
			left--;
		}
	}
	if (left === 0 && below !== "") rmdirSync(join(root, below));
	return removed;
}
