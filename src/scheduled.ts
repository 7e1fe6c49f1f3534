import { flushStale } from "./freshness/flush.ts";
import type { Services } from "./services.ts";

/** What is done each minute, whether or not anybody comes by. */
export async function runScheduled({ stale, purge, now }: Services): Promise<void> {
	// What no request has purged yet, and once more what was purged while it was being rendered.
	await flushStale(stale, purge, now());
}
