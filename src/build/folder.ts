import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "./problems.ts";

/** A file below a folder. */
export type FoundFile = {
	path: string;
	/** Path relative to the folder, with forward slashes, in NFC (some file systems return other forms). */
	name: string;
	size: number;
	/** Epoch milliseconds. */
	modified: number;
	/** Changes whenever the file changes. */
	stamp: string;
};

/** Lists all files and folders below a folder in a deterministic order, by default without hidden and backup files. */
export function walk(
	root: string,
	isSkipped: (name: string) => boolean = isHidden,
): { files: FoundFile[]; folders: string[] } {
	const files: FoundFile[] = [];
	const folders: string[] = [];
	const ancestors = new Set<string>();
	visit(root, "");
	files.sort((a, b) => compareText(a.name, b.name));
	return { files, folders };

	function visit(folder: string, prefix: string): void {
		const real = unlessGone(() => realpathSync(folder));
		// A symbolic link to a parent folder would cause an infinite loop.
		if (real === null || ancestors.has(real)) return;
		ancestors.add(real);
		const entries: Dirent[] = unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
		folders.push(folder);
		for (const entry of entries) {
			if (isSkipped(entry.name)) continue;
			const path = join(folder, entry.name);
			const stats = unlessGone(() => statSync(path));
			if (stats?.isDirectory()) visit(path, `${prefix}${entry.name}/`);
			else if (stats?.isFile()) files.push(toFile(path, prefix + entry.name, stats));
		}
		ancestors.delete(real);
	}
}

/** Whether a file is hidden or an editor's backup. */
export function isHidden(name: string): boolean {
	return name.startsWith(".") || name.endsWith("~");
}

function toFile(path: string, name: string, { size, mtimeMs, ctimeMs }: Stats): FoundFile {
	return {
		path,
		name: name.normalize("NFC"),
		size,
		modified: mtimeMs,
		stamp: `${size}:${mtimeMs}:${ctimeMs}`,
	};
}

/** Describes a file by its path; `name` is given. */
export function toFoundFile(path: string, name: string): FoundFile {
	return toFile(path, name, statSync(path));
}

/** Returns null if a file disappeared meanwhile, as happens while an editor saves. */
export function unlessGone<T>(operation: () => T): T | null {
	try {
		return operation();
	} catch (error) {
		if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
			return null;
		}
		throw error;
	}
}
