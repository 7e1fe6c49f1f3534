import { Hono } from "hono";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";

/** What machines ask for: crawlers, monitors, browsers looking for an icon. */
export const robots = new Hono<AppEnv>();

robots.get("/robots.txt", (c) => {
	cache(c, "asset");
	const { url } = c.var.services.archive.site;
	return c.text(
		`User-agent: *\nDisallow: /comments\nDisallow: /reactions\nDisallow: /*?fresh=\n\nSitemap: ${url}/sitemap.xml\n`,
	);
});

robots.get("/healthz", (c) => {
	cache(c, "none");
	return c.text("ok\n");
});

robots.get("/icon.svg", (c) => {
	cache(c, "asset");
	return c.body(icon, 200, { "Content-Type": "image/svg+xml" });
});

robots.get("/favicon.ico", (c) => {
	cache(c, "asset");
	return c.redirect("/icon.svg", 301);
});

/** A cat looking over the edge, light on dark and dark on light. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#3d5a80" d="M5 24V6l6 5a14 14 0 0 1 10 0l6-5v18z"/><circle cx="11.500" cy="18" r="2" fill="#fff"/><circle cx="20.500" cy="18" r="2" fill="#fff"/><path fill="#98a8bd" d="M1 24h30v3H1z"/></svg>\n`;
