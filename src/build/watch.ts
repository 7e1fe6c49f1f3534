import { type BuildOptions, type BuildResult, buildContent } from "./build.ts";
import { createContentCache } from "./content.ts";
import { displayPath, errorReason } from "./problems.ts";
import { builtInStyles } from "./themes.ts";
import { watchFolders } from "./watch-folders.ts";

/** Build options and a callback for build results. */
export type WatchOptions = BuildOptions & { onBuild: (result: BuildResult) => void };

/**
 * Builds at the start and again after every change, one build at a time. `onBuild` is called for builds that changed the output
 * or failed, and for the first success after a failure. While the content has errors, the output stays unchanged. `close`
 * resolves when no build is running any more.
 */
export function watchContent({ onBuild, ...options }: WatchOptions): { close(): Promise<void> } {
	const cache = options.cache ?? createContentCache();
	const folders = watchFolders(options.contentDir, builtInStyles, {
		onReady: rebuild,
		onChange: schedule,
		onError: reportUnwatched,
	});
	let timer: NodeJS.Timeout | null = null;
	let building: Promise<void> | null = null;
	let again = false;
	let closed = false;
	let failed = false;
	return { close };

	function schedule(): void {
		if (timer !== null) clearTimeout(timer);
		if (!closed) timer = setTimeout(rebuild, quietPeriod);
	}

	function rebuild(): void {
		if (closed) return;
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
			return await buildContent({ ...options, cache, serving: true });
		} catch (error) {
			// A file system error such as a full disk has a short reason; other errors are bugs and need their stack.
			const detail = error instanceof Error && !("code" in error) ? error.stack : errorReason(error);
			const message = `could not be updated (${detail}).`;
			return { ok: false, problems: [{ file: displayPath(options.outDir), line: 1, message }] };
		}
	}

	/** Reports that the system refuses to watch a folder, as at its limit of watched folders. */
	function reportUnwatched(error: unknown): void {
		const message = `cannot be watched (${errorReason(error)}); restart after a change.`;
		if (!closed)
			onBuild({ ok: false, problems: [{ file: displayPath(options.contentDir), line: 1, message }] });
	}

	async function close(): Promise<void> {
		closed = true;
		if (timer !== null) clearTimeout(timer);
		await Promise.all([folders.close(), building]);
	}
}

/** Milliseconds: an editor saves in several steps, and a checkout touches many files. */
const quietPeriod = 60;
