import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { type RecheckSelection, recheckSelections } from "../../moderation/recheck.ts";
import type { AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { ownersOnly } from "./guard.ts";
import { adminLanguageOf, auditContext } from "./request.ts";

/** Starts and stops rechecks of existing comments; the settings page shows their progress. */
export const recheck = new Hono<AppEnv>();

const progressUrl = "/admin/settings#recheck";

recheck.post("/admin/recheck", ownersOnly, async (c) => {
	const selection = (await readForm(c))("selection");
	if (!isRecheckSelection(selection)) throw new BlogError("invalid", adminLanguageOf(c).strings.noChange);
	// A second press, or one while another recheck runs, starts nothing; the page shows the running one.
	await c.var.services.moderation.rechecks.start(selection, auditContext(c));
	return c.redirect(progressUrl, 303);
});

recheck.post("/admin/recheck/end", ownersOnly, async (c) => {
	await c.var.services.moderation.rechecks.stop(c.var.services.clock.now());
	return c.redirect(progressUrl, 303);
});

function isRecheckSelection(name: string): name is RecheckSelection {
	return recheckSelections.some((selection) => selection === name);
}
