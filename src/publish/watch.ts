import { type BuildOptions, type BuildResult, buildContent, defaultTheme } from "./build.ts";
import { createContentCache } from "./content.ts";
import { reasonOf, shownPath } from "./problems.ts";
import { watchFolders } from "./watch-folders.ts";

/** What to watch, and who hears of a build. */
export type WatchOptions = BuildOptions & { onBuild: (result: BuildResult) => void };

/**
 * Keeps the output in step with the content: builds once at the start and again after every change, one build at a
 * time. `onBuild` hears of builds that changed the output, that failed, and of the first that succeeds after one that
 * failed. While the content has mistakes the output stays as it was. `close` resolves when nothing is being written any
 * more.
 */
export function watchContent({ onBuild, ...options }: WatchOptions): { close(): Promise<void> } {
	const cache = options.cache ?? createContentCache();
	const folders = watchFolders(options.contentDir, [options.themeFile ?? defaultTheme], schedule);
	let timer: NodeJS.Timeout | null = null;
	let building: Promise<void> | null = null;
	let again = false;
	let closed = false;
	let failed = false;
	rebuild();
	return { close };

	function schedule(): void {
		if (timer !== null) clearTimeout(timer);
		if (!closed) timer = setTimeout(rebuild, quietPeriod);
	}

	function rebuild(): void {
		again = building !== null;
		building ??= buildUntilSettled().finally(() => {
			building = null;
		});
	}

	async function buildUntilSettled(): Promise<void> {
		do {
			again = false;
			const result = await attempt();
			if (closed) return;
			if (!result.ok || result.changed || failed) onBuild(result);
			failed = !result.ok;
		} while (again);
	}

	async function attempt(): Promise<BuildResult> {
		try {
			folders.refresh();
			return await buildContent({ ...options, cache, serving: true });
		} catch (error) {
			// A full disk can be told in a word; for a fault of ours only the stack is of use.
			const detail = error instanceof Error && !("code" in error) ? error.stack : reasonOf(error);
			const message = `could not be brought up to date (${detail}).`;
			return { ok: false, problems: [{ file: shownPath(options.outDir), line: 1, message }] };
		}
	}

	async function close(): Promise<void> {
		closed = true;
		if (timer !== null) clearTimeout(timer);
		folders.close();
		await building;
	}
}

/** Milliseconds: an editor saves in several steps, and a checkout touches many files. */
const quietPeriod = 60;
