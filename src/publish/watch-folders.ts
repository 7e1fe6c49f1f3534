import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { isHidden, unlessGone, walk } from "./folder.ts";

/** Watchers of a folder and all below it, kept in step with the folders there are. */
export type FolderWatch = {
	/** Watches folders that are new and lets go of those that are gone. */
	refresh(): void;
	close(): void;
};

/**
 * Calls `onChange` when anything below the folder changes, or one of the single files does. Each folder has a watcher
 * of its own: Node's recursive one takes a watcher a file on Linux, does not follow links, and loses a folder that is
 * replaced. The folders above are watched too, so that a folder or link that is swapped for another is noticed.
 */
export function watchFolders(
	root: string,
	singleFiles: readonly string[],
	onChange: () => void,
): FolderWatch {
	const top = resolve(root);
	const watchers = new Map<string, FSWatcher>();
	const parents = [root, ...singleFiles].map((path) => {
		const full = resolve(path);
		return follow(dirname(full), (name) => name === basename(full) && lost(full));
	});
	return { refresh, close };

	function refresh(): void {
		let folders = new Set<string>();
		// A folder made while this looks may hold files its parent's watcher never tells of; look until none is new.
		for (let before = -1; before < watchers.size; ) {
			before = watchers.size;
			folders = new Set(walk(top).folders);
			for (const folder of folders) {
				const watcher = watchers.has(folder) ? null : follow(folder, (name) => changed(folder, name));
				if (watcher !== null) watchers.set(folder, watcher);
			}
		}
		for (const folder of watchers.keys()) if (!folders.has(folder)) release(folder);
	}

	function follow(folder: string, notice: (name: string | null) => void): FSWatcher | null {
		const watcher = unlessGone(() => watch(folder, (_, name) => notice(name)));
		// Some systems report a watched folder's removal as an error.
		watcher?.on("error", () => lost(folder));
		return watcher;
	}

	function changed(folder: string, name: string | null): void {
		if (name === null) lost(folder);
		else if (!isHidden(name)) lost(join(folder, name));
	}

	/** What was at the path may be a folder, and may have been replaced: the watcher of the old one is deaf. */
	function lost(path: string): void {
		release(path);
		onChange();
	}

	function release(folder: string): void {
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
