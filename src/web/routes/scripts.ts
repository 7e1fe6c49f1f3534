import { Hono } from "hono";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";
import { speculationRules } from "../speculation-rules.ts";

/** The scripts some pages ask for. Nothing a reader does needs one. */
export const scripts = new Hono<AppEnv>();

scripts.get("/scripts/:file{[a-z0-9-]+\\.js}", (c) => {
	const all = Object.values(c.var.services.archive.manifest.scripts);
	const script = all.find(({ path }) => path === c.req.path);
	if (script === undefined) return c.notFound();
	cache(c, "forever");
	return c.body(script.code, 200, { "Content-Type": "text/javascript; charset=utf-8" });
});

scripts.get(speculationRules.path, (c) => {
	cache(c, "forever");
	return c.body(speculationRules.text, 200, { "Content-Type": "application/speculationrules+json" });
});
