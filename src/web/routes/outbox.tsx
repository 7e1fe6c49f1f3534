import { Hono } from "hono";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { LocalMailPage, LocalOutboxPage } from "../views/local-outbox.tsx";

/** What a blog in development would have mailed. Anywhere else there is no such page. */
export const outbox = new Hono<AppEnv>();

/** Mails on the list. */
const shown = 100;

outbox.get("/admin/outbox", async (c) => {
	const mails = localMails(c);
	if (mails === null) return c.notFound();
	cache(c, "none");
	const dead = await c.var.services.announcing.outbox.dead(shown);
	return c.html(
		<LocalOutboxPage archive={c.var.services.archive} mails={await mails.latest(shown)} dead={dead} />,
	);
});

outbox.get("/admin/outbox/:id{[1-9][0-9]{0,14}}", async (c) => {
	const mail = await localMails(c)?.find(Number(c.req.param("id")));
	if (!mail) return c.notFound();
	cache(c, "none");
	return c.html(<LocalMailPage archive={c.var.services.archive} mail={mail} />);
});

outbox.get("/admin/outbox/:id{[1-9][0-9]{0,14}}/html", async (c) => {
	const mail = await localMails(c)?.find(Number(c.req.param("id")));
	if (!mail) return c.notFound();
	cache(c, "none");
	return c.html(mail.html);
});

/** Only a server on the developer's own machine has this outbox, however it is configured. */
function localMails(c: AppContext) {
	const { hostname } = new URL(c.req.url);
	return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ? c.var.services.localMails : null;
}
