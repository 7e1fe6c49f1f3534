import type { RateLimit } from "@cloudflare/workers-types";

/** Counts a request against a key; false when the key is over its limit. */
export type RateLimiter = (key: string) => Promise<boolean>;

/** Wraps Cloudflare's rate limiter, which counts per location; without a binding there is no limit. */
export function rateLimiter(binding: RateLimit | undefined): RateLimiter {
	return async (key) => binding === undefined || (await binding.limit({ key })).success;
}
