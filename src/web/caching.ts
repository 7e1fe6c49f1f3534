import type { Context } from "hono";

/** How long a response may be kept, and by whom. Every response says one of these: silence is cached for hours. */
const policies = {
	/** The same bytes for every reader: kept, and asked about each time. */
	shared: "public, max-age=0, must-revalidate",
	/** Files that change with a deployment only. */
	asset: "public, max-age=86400",
	/** What has its content's digest in its address. */
	forever: "public, max-age=31536000, immutable",
	/** One person's view, or a failure: kept nowhere. */
	none: "private, no-store",
} as const;

export type CachePolicy = keyof typeof policies;

/** States the caching of the response being made (RFC 9111). */
export function cache(c: Context, policy: CachePolicy): void {
	c.header("Cache-Control", policies[policy]);
	if (policy === "none") c.header("X-Robots-Tag", "noindex");
}
