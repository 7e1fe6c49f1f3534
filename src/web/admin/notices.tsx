import { Hono } from "hono";
import type { AppEnv } from "../http/context.ts";
import { idOf, readForm } from "../http/form.ts";
import { ownersOnly } from "./guard.ts";
import { NoticesPage } from "./notices-page.tsx";
import { adminFrame } from "./request.ts";

/** Notices that could not be sent, for owners, who can mend the cause and send them again. */
export const notices = new Hono<AppEnv>();

/** Notices on the page. */
const pageSize = 100;

/** Notices that one form makes due again. */
const retryLimit = 500;

notices.get("/admin/notices", ownersOnly, async (c) => {
	const { mail } = c.var.services;
	const queued = c.req.query("queued") ?? "";
	const [frame, failed] = await Promise.all([adminFrame(c), mail.outbox.failed(pageSize)]);
	return c.html(
		<NoticesPage {...frame} failed={failed} queued={/^\d{1,4}$/.test(queued) ? Number(queued) : null} />,
	);
});

notices.post("/admin/notices/attempts", ownersOnly, async (c) => {
	const { mail, clock } = c.var.services;
	const id = idOf(await readForm(c), "id");
	const queued = await mail.outbox.retry({ id, limit: retryLimit, now: clock.now() });
	return c.redirect(`/admin/notices?queued=${queued}`, 303);
});
