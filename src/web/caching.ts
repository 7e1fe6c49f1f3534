import { edgeDirectives } from "../freshness/lifetime.ts";
import type { AppContext, Testified } from "./context.ts";

/** Responses whose caching hangs on nothing but what they are. */
const fixed = {
	/** Files that change with a deployment only, which starts with an empty cache. */
	asset: "public, max-age=86400",
	/** What has its content's digest in its address. */
	forever: "public, max-age=31536000, immutable",
	/** One person's view, or a failure: kept nowhere, found by no search engine. */
	none: "private, no-store",
} as const;

/** `shared` is the same bytes for every reader: kept at the edge until purged, asked about by each browser each time. */
export type CachePolicy = "shared" | keyof typeof fixed;

/** What a shared response depends on besides its address. */
export type Dependencies = {
	/** Tags it is purged by. */
	tags?: readonly string[];
	/** When it changes by itself, in epoch milliseconds, if before the next scheduled post. */
	changesAt?: number | null;
	/** What the database says of it. */
	witness?: Testified;
	/**
	 * Query parameters that mean something here. With any other, or one said twice, it is not stored, so that nobody can
	 * fill the cache.
	 */
	query?: readonly string[];
};

/** States the caching of the response being made (RFC 9111). Every response says it: silence is cached for hours. */
export function cache(c: AppContext, policy: CachePolicy, dependencies: Dependencies = {}): void {
	for (const name of ["Cloudflare-CDN-Cache-Control", "Cache-Tag"]) c.header(name, undefined);
	c.set("keeping", undefined);
	if (policy !== "shared") {
		c.header("Cache-Control", fixed[policy]);
		if (policy === "none") c.header("X-Robots-Tag", "noindex");
		return;
	}
	const { tags = [], witness, query = [] } = dependencies;
	if (Object.entries(c.req.queries()).some(([name, said]) => !query.includes(name) || said.length > 1)) {
		c.header("Cache-Control", "private, no-store");
		return;
	}
	const { archive, now } = c.var.services;
	const changesAt = earliest(archive.changesAt(now()), dependencies.changesAt ?? null);
	c.header("Cache-Control", "public, max-age=0");
	c.header("Cloudflare-CDN-Cache-Control", edgeDirectives(now(), changesAt));
	if (tags.length > 0) c.header("Cache-Tag", tags.join(","));
	c.set("keeping", { witness: witness?.ask ?? null, testimony: witness?.said ?? "", changesAt });
}

/** The earlier of two instants, where either may never come. */
function earliest(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
