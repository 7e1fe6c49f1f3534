import { Hono } from "hono";
import type { NameError } from "../../comments/draft.ts";
import { rename } from "../../identities/confirm-verification.ts";
import { browserLanguage } from "../http/browser-language.ts";
import type { AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { clearVisitorCookie } from "../http/visitor.ts";
import { explainLimit, reachedLimit } from "../http/write-limit.ts";
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
	const refuse = (error: NameError | null, refused: string | null) =>
		respondWithMe(c, { before: null, done: null, renaming: { typed, error, refused } });
	if ("error" in claimed) return refuse(claimed.error, null);
	const reached = await reachedLimit(c, "comment").catch(meUnavailable(c));
	if (reached !== null) return refuse(null, explainLimit(c, reached, browserLanguage(c)));
	const renamed = await rename(identity.visitor, claimed.claim, identities).catch(meUnavailable(c));
	if (!renamed) return refuse("taken", null);
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
