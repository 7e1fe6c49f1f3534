import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "./problems.ts";

/** A file found below a folder. */
export type Found = {
	path: string;
	/** Path below the folder, with forward slashes, in NFC (some file systems give other forms). */
	name: string;
	size: number;
	/** Epoch milliseconds. */
	modified: number;
	/** Changes whenever the file does. */
	stamp: string;
};

/** Every file and folder below a folder, in the same order on every machine; hidden and backup files are left out. */
export function walk(root: string): { files: Found[]; folders: string[] } {
	const files: Found[] = [];
	const folders: string[] = [];
	const onTheWay = new Set<string>();
	visit(root, "");
	files.sort((a, b) => compareText(a.name, b.name));
	return { files, folders };

	function visit(folder: string, prefix: string): void {
		const real = unlessGone(() => realpathSync(folder));
		// A link to a folder above would lead round in circles.
		if (real === null || onTheWay.has(real)) return;
		onTheWay.add(real);
		const entries: Dirent[] = unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
		folders.push(folder);
		for (const entry of entries) {
			if (isHidden(entry.name)) continue;
			const path = join(folder, entry.name);
			const stats = unlessGone(() => statSync(path));
			if (stats?.isDirectory()) visit(path, `${prefix}${entry.name}/`);
			else if (stats?.isFile()) files.push(found(path, prefix + entry.name, stats));
		}
		onTheWay.delete(real);
	}
}

/** Whether a file name is an editor's or the system's, not the owner's. */
export function isHidden(name: string): boolean {
	return name.startsWith(".") || name.endsWith("~");
}

function found(path: string, name: string, { size, mtimeMs, ctimeMs }: Stats): Found {
	return {
		path,
		name: name.normalize("NFC"),
		size,
		modified: mtimeMs,
		stamp: `${size}:${mtimeMs}:${ctimeMs}`,
	};
}

/** Files come and go while an editor saves; one that went between two looks was not there. */
export function unlessGone<T>(look: () => T): T | null {
	try {
		return look();
	} catch (error) {
		if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
			return null;
		}
		throw error;
	}
}
