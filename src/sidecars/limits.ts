/** The Worker behind the rate-limit bindings, which have the interface of Cloudflare's. */
import { WorkerEntrypoint } from "cloudflare:workers";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";

/** The binding's name and limit, which the configuration passes on. */
type Props = { name: string; limit: number; period: number };

/** The limiters by their bindings' names, for the isolate's life. */
const limits = new Map<string, RateLimit>();

/** Limits the requests of each key, as `RateLimit` of the platform. */
export class Limiter extends WorkerEntrypoint<unknown, Props> {
	/** Counts a request; `success` is false above the limit. */
	limit({ key }: { key: string }): { success: boolean } {
		const { name, ...settings } = this.ctx.props;
		const limit = limits.get(name) ?? createRateLimit(settings, Date.now);
		limits.set(name, limit);
		return { success: limit(key) };
	}
}

export default {};
