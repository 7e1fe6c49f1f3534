import type { MiddlewareHandler } from "hono";
import { edgeCacheControl } from "../../caching/lifetimes.ts";
import type { AppContext, AppEnv, Validator } from "./context.ts";

/** `Cache-Control` of responses that depend on nothing but their kind. */
const fixed = {
	/** Files that change only with a deployment, which starts with an empty cache. */
	asset: "public, max-age=86400",
	/** Files whose URL contains a hash of their content. */
	forever: "public, max-age=31536000, immutable",
	/** Answers that cost a cache little and a program nothing: that there is no such file. */
	brief: "public, max-age=60",
	/** Private pages and failures: stored by no cache, indexed by no search engine. */
	none: "private, no-store",
} as const;

/** `shared` responses are identical for every reader: the edge stores them until purged, browsers revalidate each time. */
export type CachePolicy = "shared" | keyof typeof fixed;

/** Inputs of a shared response besides its URL. */
export type Dependencies = {
	/** Cache tags that purge it. */
	tags?: readonly string[];
	/** Time (epoch milliseconds) at which it changes by itself, if before the next scheduled post. */
	changesAt?: number | null;
	/** Database state it was rendered from. */
	validator?: Validator;
};

/** Sets the caching headers (RFC 9111) of the response. Every response needs them: without any, caches store it for hours. */
export function cache(c: AppContext, policy: CachePolicy, dependencies: Dependencies = {}): void {
	for (const name of ["Cloudflare-CDN-Cache-Control", "Cache-Tag", "X-Robots-Tag"]) c.header(name, undefined);
	c.set("pageValidity", undefined);
	const { archive, clock, deployedAt } = c.var.services;
	const now = clock.now();
	const isUnknown = !c.var.hasKnownQuery && c.req.url.includes("?");
	if (policy !== "shared") {
		c.header("Cache-Control", fixed[policy]);
		if (policy === "none") c.header("X-Robots-Tag", "noindex");
		else if (!isUnknown)
			c.set("pageValidity", { validator: null, changesAt: null, modified: deployedAt(now) });
		return;
	}
	const { tags = [], validator = null } = dependencies;
	// A route that has not declared its parameters (`known-query.ts`): nobody can fill the caches through it.
	if (isUnknown) {
		c.header("Cache-Control", "private, no-store");
		return;
	}
	const changesAt = earliest(archive.nextPublication(now), dependencies.changesAt ?? null);
	c.header("Cache-Control", "public, max-age=0");
	c.header("Cloudflare-CDN-Cache-Control", edgeCacheControl(now, changesAt));
	if (tags.length > 0) c.header("Cache-Tag", tags.join(","));
	// The database does not tell when what a page shows of it changed; any other page changes with posts and deployments.
	const published = archive.published(now)[0]?.published ?? 0;
	const modified = validator === null ? Math.max(deployedAt(now), published) : now;
	c.set("pageValidity", { validator, changesAt, modified });
}

/** Makes every response private that does not state another policy: an area's default. */
export const privateByDefault: MiddlewareHandler<AppEnv> = (c, next) => {
	cache(c, "none");
	return next();
};

/** Returns the earlier of two instants; null stands for never. */
export function earliest(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
