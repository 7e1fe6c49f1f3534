import { Hono } from "hono";
import { rename } from "../../identities/press.ts";
import { cache } from "../caching.ts";
import { claimedName } from "../claimed-name.ts";
import type { AppEnv } from "../context.ts";
import { boundedBody, readForm } from "../form.ts";
import { forgetWho } from "../remembered.ts";
import { meDown, showMe, whoMayAct } from "../show-me.tsx";
import { forgetVisitor } from "../visitor.ts";

/** A name that is one's own: to change it, to give it up, to leave a browser. */
export const ownName = new Hono<AppEnv>();

ownName.post("/me/name", boundedBody, async (c) => {
	cache(c, "none");
	const { identities } = c.var.services;
	const visitor = await whoMayAct(c);
	const typed = (await readForm(c))("name");
	const identity = visitor === null ? null : await identities.of(visitor).catch(meDown(c));
	if (identity === null) return c.redirect("/me", 303);
	const claimed = await claimedName(c, typed);
	const error =
		"error" in claimed
			? claimed.error
			: (await rename(identity.visitor, claimed.claim, identities).catch(meDown(c)))
				? null
				: "taken";
	if (error !== null) return showMe(c, { before: null, done: null, renaming: { typed, error } });
	return c.redirect("/me?done=renamed", 303);
});

ownName.post("/me/name/removal", boundedBody, async (c) => {
	cache(c, "none");
	const visitor = await whoMayAct(c);
	if (visitor !== null) await c.var.services.identities.giveUp(visitor).catch(meDown(c));
	return c.redirect("/me?done=given-up", 303);
});

ownName.post("/me/session/end", boundedBody, async (c) => {
	cache(c, "none");
	await whoMayAct(c);
	forgetVisitor(c);
	forgetWho(c);
	return c.redirect("/me?done=signed-out", 303);
});
