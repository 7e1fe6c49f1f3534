import { createHash } from "node:crypto";
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
import type { Found } from "./folder.ts";
import { assetHeaders } from "./headers.ts";

/**
 * Writes what the Worker is bundled from, the index last, so that whoever reads it finds everything it names. What is
 * already as it should be is left alone. Returns whether anything changed.
 */
export function writeContent(
	outDir: string,
	{ manifest, bodies, media }: { manifest: Manifest; bodies: string; media: ReadonlyMap<string, Found> },
): boolean {
	const bodiesName = `bodies-${createHash("sha256").update(bodies).digest("hex").slice(0, 16)}.txt`;
	const assets = join(outDir, "assets");
	mkdirSync(assets, { recursive: true });
	const changes = [
		writeIfChanged(outDir, bodiesName, bodies),
		removeGone(assets, (path) => path === "/_headers" || media.has(path)),
		...Array.from(media, ([path, file]) => copyIfChanged(outDir, `assets${path}`, file)),
		writeIfChanged(outDir, "assets/_headers", assetHeaders),
		writeIfChanged(outDir, "index.js", indexModule(manifest, bodiesName)),
	];
	for (const name of readdirSync(outDir)) {
		if (/^bodies-.*\.txt$|\.partial$/.test(name) && name !== bodiesName) rmSync(join(outDir, name));
	}
	return changes.includes(true);
}

/** A JSON text is parsed several times faster than the same object written out in JavaScript. */
function indexModule(manifest: Manifest, bodiesName: string): string {
	return [
		"// Made by src/publish from the content folder.",
		`import bodies from "./${bodiesName}";`,
		`export const manifest = JSON.parse(${JSON.stringify(JSON.stringify(manifest))});`,
		"export { bodies };",
		"",
	].join("\n");
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
