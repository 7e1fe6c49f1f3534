import type { Counters } from "./counters.ts";
import { periodAt } from "./periods.ts";
import type { MetricsRepository } from "./repository.ts";

/** Milliseconds for which an isolate gathers counts; the platform lets work go on for thirty seconds after a response. */
const gatherTime = 25_000;

/** Milliseconds after which gathering counts as aborted. */
const maxGatherTime = 35_000;

/** Stores the counts of an isolate. */
export type CountWriter = {
	/** Stores what was counted. What the minute has no room for, or what fails, stays with the isolate for the next time. */
	write(now: number): Promise<void>;
	/**
	 * Gathers counts for a while and stores them, or resolves to false if nobody can wait for so long; null if that is under
	 * way.
	 */
	gather(clock: {
		now: () => number;
		wait: (milliseconds: number) => Promise<boolean>;
	}): Promise<boolean> | null;
};

/** Creates the writer of an isolate's counts. */
export function createCountWriter(counters: Counters, repository: MetricsRepository): CountWriter {
	let gatheringSince: number | null = null;
	let refusedUntil = 0;

	async function write(now: number): Promise<void> {
		if (counters.isEmpty()) return;
		const counts = counters.take();
		const isStored = await repository
			.add(periodAt("minute", now), counts)
			// Figures are no reason to fail: they are stored with the next ones.
			.catch(() => false);
		if (isStored) return;
		counters.putBack(counts);
		refusedUntil = now + gatherTime;
	}

	return {
		write,
		gather({ now, wait }) {
			const began = now();
			const isGathering =
				gatheringSince !== null && began >= gatheringSince && began - gatheringSince < maxGatherTime;
			const isRefused = began < refusedUntil && refusedUntil - began <= gatherTime;
			if (isGathering || isRefused) return null;
			gatheringSince = began;
			return (async () => {
				const hasWaited = await wait(gatherTime);
				if (hasWaited) await write(now());
				gatheringSince = null;
				return hasWaited;
			})();
		},
	};
}
