import { Hono } from "hono";
import { cache } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { speculationRules } from "../http/speculation-rules.ts";

/** Routes of the client scripts, which readers can do without, and of the speculation rules. */
export const scripts = new Hono<AppEnv>();

scripts.get("/scripts/:file{[a-z0-9-]+\\.js}", noQuery, (c) => {
	const all = Object.values(c.var.services.archive.manifest.scripts);
	const script = all.find(({ path }) => path === c.req.path);
	if (script === undefined) return c.notFound();
	cache(c, "forever");
	return c.body(script.code, 200, { "Content-Type": "text/javascript; charset=utf-8" });
});

scripts.get("/scripts/:file{speculation-[0-9a-f]+\\.json}", noQuery, async (c) => {
	const { path, text } = await speculationRules();
	if (c.req.path !== path) return c.notFound();
	cache(c, "forever");
	return c.body(text, 200, { "Content-Type": "application/speculationrules+json" });
});
