import { Hono } from "hono";
import type { AppContext, AppEnv } from "../http/context.ts";
import { LocalMailPage, LocalOutboxPage } from "./local-outbox-page.tsx";

/** Mails stored in development instead of sent. Not found anywhere else. */
export const outbox = new Hono<AppEnv>();

/** Mails shown on the list. */
const pageSize = 100;

outbox.get("/admin/outbox", async (c) => {
	const mails = localMails(c);
	if (mails === null) return c.notFound();
	const failed = await c.var.services.mail.outbox.failed(pageSize);
	return c.html(
		<LocalOutboxPage archive={c.var.services.archive} mails={await mails.latest(pageSize)} failed={failed} />,
	);
});

outbox.get("/admin/outbox/:id{[1-9][0-9]{0,14}}", async (c) => {
	const mail = await localMails(c)?.find(Number(c.req.param("id")));
	if (!mail) return c.notFound();
	return c.html(<LocalMailPage archive={c.var.services.archive} mail={mail} />);
});

outbox.get("/admin/outbox/:id{[1-9][0-9]{0,14}}/html", async (c) => {
	const mail = await localMails(c)?.find(Number(c.req.param("id")));
	if (!mail) return c.notFound();
	return c.html(mail.html);
});

/** The local outbox, on localhost only, whatever the configuration. */
function localMails(c: AppContext) {
	const { hostname } = new URL(c.req.url);
	return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ? c.var.services.mail.localMails : null;
}
