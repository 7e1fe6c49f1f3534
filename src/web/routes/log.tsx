import { Hono } from "hono";
import type { AppEnv } from "../context.ts";
import { deskFrame } from "../desk.ts";
import { LogPage } from "../views/desk/log.tsx";

/** What was decided, by whom, when and why. */
export const log = new Hono<AppEnv>();

const pageSize = 50;

log.get("/admin/log", async (c) => {
	const { log, now } = c.var.services;
	const asked = c.req.query("before") ?? "";
	const before = /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null;
	const [frame, found] = await Promise.all([
		deskFrame(c),
		log.list({ before, commentId: null }, pageSize + 1),
	]);
	const shown = found.slice(0, pageSize);
	const next = found.length > pageSize ? `/admin/log?before=${shown.at(-1)?.id ?? ""}` : null;
	return c.html(<LogPage {...frame} shown={shown} next={next} now={now()} />);
});
