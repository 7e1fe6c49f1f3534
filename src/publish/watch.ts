import { type BuildOptions, type BuildResult, buildContent, defaultTheme } from "./build.ts";
import { createContentCache } from "./content.ts";
import { reasonOf, shownPath } from "./problems.ts";
import { watchFolders } from "./watch-folders.ts";

/** What to watch, and who hears of a build. */
export type WatchOptions = BuildOptions & { onBuild: (result: BuildResult) => void };

/**
 * Keeps the output in step with the content: builds once at the start and again after every change, one build at a
 * time. `onBuild` hears of builds that changed the output, that failed, and of the first that succeeds after one that
 * failed. While the content has mistakes the output stays as it was.
 */
export function watchContent({ onBuild, ...options }: WatchOptions): { close(): void } {
	const cache = options.cache ?? createContentCache();
	const folders = watchFolders(options.contentDir, [options.themeFile ?? defaultTheme], schedule);
	let timer: NodeJS.Timeout | null = null;
	let building = false;
	let again = false;
	let closed = false;
	let failed = false;
	void rebuild();
	return { close };

	function schedule(): void {
		if (timer !== null) clearTimeout(timer);
		if (!closed) timer = setTimeout(() => void rebuild(), quietPeriod);
	}

	async function rebuild(): Promise<void> {
		again = building;
		if (building) return;
		building = true;
		do {
			again = false;
			const result = await attempt();
			if (closed) break;
			if (!result.ok || result.changed || failed) onBuild(result);
			failed = !result.ok;
		} while (again);
		building = false;
	}

	async function attempt(): Promise<BuildResult> {
		try {
			folders.refresh();
			return await buildContent({ ...options, cache });
		} catch (error) {
			const message = `could not be brought up to date (${reasonOf(error)}).`;
			return { ok: false, problems: [{ file: shownPath(options.outDir), line: 1, message }] };
		}
	}

	function close(): void {
		closed = true;
		if (timer !== null) clearTimeout(timer);
		folders.close();
	}
}

/** Milliseconds: an editor saves in several steps, and a checkout touches many files. */
const quietPeriod = 60;
