import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { pathKey } from "../../posts/paths.ts";
import type { AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { ownersOnly } from "./guard.ts";
import { adminLanguageOf } from "./request.ts";

/** Redirects of addresses that do not exist, made with one press in the overview. */
export const redirects = new Hono<AppEnv>();

/** Characters of the longest address that is redirected. */
const maxPath = 500;

redirects.post("/admin/redirects", ownersOnly, async (c) => {
	const { archive, redirects: stored, clock } = c.var.services;
	const form = await readForm(c);
	const now = clock.now();
	const entry = archive.findById(form("to"), now);
	const path = form("from");
	const isAddress = path.startsWith("/") && path.length <= maxPath && archive.find(path, now) === null;
	if (entry === null || !isAddress) throw new BlogError("invalid", adminLanguageOf(c).strings.noChange);
	await stored.add({ from: pathKey(path), to: entry.path }, now);
	return c.redirect("/admin#redirects", 303);
});

redirects.post("/admin/redirects/removal", ownersOnly, async (c) => {
	const form = await readForm(c);
	await c.var.services.redirects.remove(form("from"));
	return c.redirect("/admin#redirects", 303);
});
