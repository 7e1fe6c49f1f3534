import { Hono } from "hono";
import { cache } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";

/** Route of the file that tells where to report a security hole (RFC 9116). */
export const securityText = new Hono<AppEnv>();

securityText.get("/.well-known/security.txt", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const { securityContact, url, language } = archive.site;
	if (securityContact === null) return c.notFound();
	// The contact is as current as the blog that names it: the end of validity moves on each month.
	const now = new Date(clock.now());
	const monthFrom = (months: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months);
	cache(c, "shared", { changesAt: monthFrom(1) });
	return c.text(
		[
			`Contact: ${securityContact}`,
			`Expires: ${new Date(monthFrom(7)).toISOString()}`,
			`Preferred-Languages: ${[...new Set([language, "en"])].join(", ")}`,
			`Canonical: ${url}/.well-known/security.txt`,
			"",
		].join("\n"),
	);
});
