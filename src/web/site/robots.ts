import { Hono } from "hono";
import { privateSegments } from "../../posts/engine-paths.ts";
import { cache } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";

/** Routes for crawlers, uptime monitors and browsers that look for an icon. */
export const robots = new Hono<AppEnv>();

robots.get("/robots.txt", noQuery, (c) => {
	cache(c, "asset");
	const { url } = c.var.services.archive.site;
	// The segment alone is a prefix (RFC 9309): `/me` would also exclude a post at `/menu/`.
	const excluded = privateSegments.flatMap((segment) => [`/${segment}$`, `/${segment}?`, `/${segment}/`]);
	const lines = [...excluded, "/*?flash=", "/*?preview="].map((path) => `Disallow: ${path}\n`);
	return c.text(`User-agent: *\n${lines.join("")}\nSitemap: ${url}/sitemap.xml\n`);
});

robots.get("/healthz", noQuery, (c) => {
	return c.text("ok\n");
});

robots.get("/icon.svg", noQuery, (c) => {
	cache(c, "asset");
	return c.body(icon, 200, { "Content-Type": "image/svg+xml" });
});

robots.get("/favicon.ico", noQuery, (c) => {
	cache(c, "asset");
	return c.redirect("/icon.svg", 301);
});

/** A cat looking over the edge, on a night-blue tile of its own so that light and dark tab bars both show it. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#35588c"/><path fill="#22395e" d="M0 24h32v1a7 7 0 0 1-7 7H7a7 7 0 0 1-7-7z"/><path fill="#faf4e6" d="M7.3 24C5.2 19 5.8 12.5 7 7.9c.4-1.4 1.6-1.7 2.5-.8l3.7 3.7a16 16 0 0 1 5.6 0l3.7-3.7c.9-.9 2.1-.6 2.5.8 1.2 4.6 1.8 11.1-.3 16.1zM2 23.8a2 2 0 0 1 4 0V26a2 2 0 0 1-4 0zm24 0a2 2 0 0 1 4 0V26a2 2 0 0 1-4 0z"/><path fill="#22395e" d="M12 14.5a1.9 2.4 0 1 0 .1 0zm7.9 0a1.9 2.4 0 1 0 .1 0zM14.7 20h2.6L16 21.8z"/></svg>\n`;
