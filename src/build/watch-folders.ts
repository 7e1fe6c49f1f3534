import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { isHidden, unlessGone, walk } from "./folder.ts";

/** Watches a folder and all folders below it. */
export type FolderWatcher = {
	/** Watches new folders and stops watching removed ones. */
	refresh(): void;
	close(): void;
};

/**
 * Calls `onChange` when anything below the folder, or one of the single files, changes. Each folder has its own watcher:
 * on Linux, Node's recursive mode uses a watcher per file, does not follow symbolic links, and loses a folder that is
 * replaced. Parent folders are watched too, to onEvent when a folder or link is replaced.
 */
export function watchFolders(
	root: string,
	singleFiles: readonly string[],
	onChange: () => void,
): FolderWatcher {
	const top = resolve(root);
	const watchers = new Map<string, FSWatcher>();
	const parents = [root, ...singleFiles].map((path) => {
		const full = resolve(path);
		return startWatching(dirname(full), (name) => name === basename(full) && invalidate(full));
	});
	return { refresh, close };

	function refresh(): void {
		let folders = new Set<string>();
		// Files in a folder created during the scan may go unreported by its parent's watcher; repeat until none is new.
		for (let before = -1; before < watchers.size; ) {
			before = watchers.size;
			folders = new Set(walk(top).folders);
			for (const folder of folders) {
				const watcher = watchers.has(folder)
					? null
					: startWatching(folder, (name) => handleChange(folder, name));
				if (watcher !== null) watchers.set(folder, watcher);
			}
		}
		for (const folder of watchers.keys()) if (!folders.has(folder)) stopWatching(folder);
	}

	function startWatching(folder: string, onEvent: (name: string | null) => void): FSWatcher | null {
		const watcher = unlessGone(() => watch(folder, (_, name) => onEvent(name)));
		// Some systems report the removal of a watched folder as an error.
		watcher?.on("error", () => invalidate(folder));
		return watcher;
	}

	function handleChange(folder: string, name: string | null): void {
		if (name === null) invalidate(folder);
		else if (!isHidden(name)) invalidate(join(folder, name));
	}

	/** Drops watchers at the path: if a folder there was replaced, its old watcher reports nothing any more. */
	function invalidate(path: string): void {
		stopWatching(path);
		onChange();
	}

	function stopWatching(folder: string): void {
		for (const [path, watcher] of watchers) {
			if (path !== folder && !path.startsWith(folder + sep)) continue;
			watcher.close();
			watchers.delete(path);
		}
	}

	function close(): void {
		for (const watcher of [...parents, ...watchers.values()]) watcher?.close();
		watchers.clear();
	}
}
