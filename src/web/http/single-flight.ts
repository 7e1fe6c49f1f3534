/** Milliseconds after which a run counts as aborted: the platform ends work after a response within half a minute. */
const maxRunTime = 35_000;

/** Most consecutive runs, so that one request does not do the work of all later ones. */
const maxRuns = 3;

/** Runs one task at a time: a call during a run schedules one more run after it and does not wait. */
export function singleFlight(): (run: () => Promise<void>, now: number) => Promise<void> {
	let since: number | null = null;
	let again = false;
	return async (run, now) => {
		// A start in the future is from before the clock was set back.
		if (since !== null && now >= since && now - since < maxRunTime) {
			again = true;
			return;
		}
		since = now;
		try {
			for (let runs = 0; runs === 0 || (again && runs < maxRuns); runs++) {
				again = false;
				await run();
			}
		} finally {
			since = null;
		}
	};
}
