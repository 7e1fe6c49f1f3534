import { Hono } from "hono";
import { rename } from "../../identities/confirm-verification.ts";
import type { AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { clearVisitorCookie } from "../http/visitor.ts";
import { parseClaimedName } from "./claimed-name.ts";
import { currentVisitor, meUnavailable, respondWithMe } from "./me-response.tsx";
import { clearAuthorCookie } from "./remembered-author.ts";

/** Routes of a verified name: to change it, to give it up, to sign out. */
export const ownName = new Hono<AppEnv>();

ownName.post("/me/name", async (c) => {
	const { identities } = c.var.services.identity;
	const visitor = await currentVisitor(c);
	const typed = (await readForm(c))("name");
	const identity = visitor === null ? null : await identities.of(visitor).catch(meUnavailable(c));
	if (identity === null) return c.redirect("/me", 303);
	const claimed = await parseClaimedName(c, typed);
	const error =
		"error" in claimed
			? claimed.error
			: (await rename(identity.visitor, claimed.claim, identities).catch(meUnavailable(c)))
				? null
				: "taken";
	if (error !== null) return respondWithMe(c, { before: null, done: null, renaming: { typed, error } });
	return c.redirect("/me?done=renamed", 303);
});

ownName.post("/me/name/removal", async (c) => {
	const visitor = await currentVisitor(c);
	if (visitor !== null) await c.var.services.identity.identities.remove(visitor).catch(meUnavailable(c));
	return c.redirect("/me?done=name-removed", 303);
});

ownName.post("/me/session/end", (c) => {
	clearVisitorCookie(c);
	clearAuthorCookie(c);
	return c.redirect("/me?done=signed-out", 303);
});
