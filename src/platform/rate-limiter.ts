import type { RateLimit } from "@cloudflare/workers-types";

/** Whether somebody, told apart by a key, may go on. */
export type Limiter = (key: string) => Promise<boolean>;

/** Cloudflare's rate limiter, counted at each location; everybody may go on where a deployment has none. */
export function limiterBy(binding: RateLimit | undefined): Limiter {
	return async (key) => binding === undefined || (await binding.limit({ key })).success;
}
