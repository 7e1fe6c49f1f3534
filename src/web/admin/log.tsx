import { Hono } from "hono";
import type { AppEnv } from "../http/context.ts";
import { LogPage } from "./log-page.tsx";
import { adminFrame } from "./request.ts";

/** The audit log. */
export const log = new Hono<AppEnv>();

const pageSize = 50;

log.get("/admin/log", async (c) => {
	const { moderation, clock } = c.var.services;
	const query = c.req.query("before") ?? "";
	const before = /^[1-9]\d{0,14}$/.test(query) ? Number(query) : null;
	const [frame, entries] = await Promise.all([
		adminFrame(c),
		moderation.log.list({ before, commentId: null }, pageSize + 1),
	]);
	const shown = entries.slice(0, pageSize);
	const next = entries.length > pageSize ? `/admin/log?before=${shown.at(-1)?.id ?? ""}` : null;
	return c.html(<LogPage {...frame} shown={shown} next={next} now={clock.now()} />);
});
