import { Hono } from "hono";
import { setPause } from "../../moderation/operations.ts";
import { parsePause } from "../../moderation/pauses.ts";
import type { AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { auditContext, redirectWithResult } from "./request.ts";

/** Pauses commenting on the whole blog: every comment waits, or none is taken. */
export const pause = new Hono<AppEnv>();

pause.post("/admin/pause", async (c) => {
	const { moderation, clock } = c.var.services;
	const form = await readForm(c);
	const typed = { mode: form("mode"), hours: form("hours") };
	const wanted = form("do") === "end" ? null : parsePause(typed, clock.now());
	const context = auditContext(c, form("reason"));
	const isValid = wanted !== null || form("do") === "end";
	const changed = isValid && (await setPause(moderation, wanted, Number(form("version")) || 0, context));
	return redirectWithResult(c, form("back"), changed ? context.operation : "nothing");
});
