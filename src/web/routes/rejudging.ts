import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { type Rejudgeable, rejudgeable } from "../../moderation/rejudging.ts";
import type { AppEnv } from "../context.ts";
import { deskWords, doing } from "../desk.ts";
import { readForm } from "../form.ts";
import { ownersOnly } from "../middleware/desk.ts";

/** Having comments that are already here judged again; the rules page shows how far that is. */
export const rejudging = new Hono<AppEnv>();

const place = "/admin/rules#rejudging";

rejudging.post("/admin/rejudging", ownersOnly, async (c) => {
	const wanted = (await readForm(c))("which");
	if (!isRejudgeable(wanted)) throw new BlogError("invalid", deskWords(c).strings.nothingDone);
	// Pressed twice, or while another is under way, it begins nothing: the page shows the one there is.
	await c.var.services.rejudging.begin(wanted, doing(c));
	return c.redirect(place, 303);
});

rejudging.post("/admin/rejudging/end", ownersOnly, async (c) => {
	await c.var.services.rejudging.stop(c.var.services.now());
	return c.redirect(place, 303);
});

function isRejudgeable(name: string): name is Rejudgeable {
	return rejudgeable.some((which) => which === name);
}
