import { basename, dirname, resolve, sep } from "node:path";
import { watch } from "chokidar";
import { isHidden } from "./folder.ts";

/** `onReady` is called once, when every later change will be reported to `onChange`. */
type WatchHandlers = { onReady: () => void; onChange: () => void; onError: (error: unknown) => void };

/**
 * Watches everything below a folder, and single files.
 * The folders above are watched too, without the rest of their contents: a replaced folder or link is reported only there.
 */
export function watchFolders(
	root: string,
	singleFiles: readonly string[],
	handlers: WatchHandlers,
): { close(): Promise<void> } {
	const top = resolve(root);
	const files = singleFiles.map((path) => resolve(path));
	const watched = new Set([top, ...files]);
	const parents = new Set([...watched].map(dirname));
	const isBelow = (path: string) => path.startsWith(top + sep) && !isHidden(basename(path));
	return watch([...parents], {
		ignored: (path) => !parents.has(path) && !watched.has(path) && !isBelow(path),
		ignoreInitial: true,
	})
		.on("ready", handlers.onReady)
		.on("all", handlers.onChange)
		.on("error", handlers.onError);
}
