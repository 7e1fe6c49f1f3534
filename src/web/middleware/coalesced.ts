/** A run older than this was cut short by the platform, which ends what a request leaves behind after half a minute. */
const longestRun = 35_000;

/** Most runs in a row, so that one request does not work for all that follow it. */
const mostRuns = 3;

/** Lets one run go at a time: whoever calls during it causes one more after it, and does not wait. */
export function coalesced(): (run: () => Promise<void>, now: number) => Promise<void> {
	let since: number | null = null;
	let again = false;
	return async (run, now) => {
		if (since !== null && now - since < longestRun) {
			again = true;
			return;
		}
		since = now;
		try {
			for (let runs = 0; runs === 0 || (again && runs < mostRuns); runs++) {
				again = false;
				await run();
			}
		} finally {
			since = null;
		}
	};
}
