import { Hono } from "hono";
import { moveThread } from "../../moderation/operations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { findRenamed } from "../../posts/renamed.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { href } from "../ui/links.ts";
import { OrphansPage } from "./orphans-page.tsx";
import { adminFrame, auditContext, redirectWithResult } from "./request.ts";

/** Comments whose post is gone, which happens when its file is renamed, and their move to another post. */
export const orphans = new Hono<AppEnv>();

/** Posts with comments that one page looks at. */
const pageSize = 1000;

orphans.get("/admin/orphans", (c) => show(c, null, 200));

orphans.post("/admin/orphans", async (c) => {
	const { archive, moderation } = c.var.services;
	const form = await readForm(c);
	const from = form("from");
	const typed = { from, to: form("to") };
	const target = findTarget(c, typed.to);
	if (target === null || target.comments === "off" || from === "" || archive.has(from))
		return show(c, typed, 422);
	const context = auditContext(c, form("reason"));
	const changed = await moveThread(moderation, from, target.id, context);
	return redirectWithResult(c, "/admin/orphans", changed ? context.operation : "nothing");
});

/** Finds the post that was typed: by its id, path or address. */
function findTarget(c: AppContext, typed: string): Post | Page | null {
	const { archive, clock } = c.var.services;
	const now = clock.now();
	const path = URL.parse(typed.trim(), archive.site.url)?.pathname ?? "";
	return typed.trim() === "" ? null : (archive.findById(typed.trim(), now) ?? archive.find(path, now));
}

async function show(
	c: AppContext,
	wrong: { from: string; to: string } | null,
	status: 200 | 422,
): Promise<Response> {
	const { archive, moderation, clock } = c.var.services;
	const now = clock.now();
	const after = c.req.query("after") ?? "";
	const [frame, threads] = await Promise.all([adminFrame(c), moderation.threads.list(after, pageSize)]);
	const gone = threads
		.filter(({ postId }) => !archive.has(postId))
		.map((thread) => {
			const guess = findRenamed(archive, thread.postId, now);
			return { ...thread, guess: guess === null ? "" : href(guess.path) };
		});
	const last = threads.filter(({ count }) => count > 0).at(-1);
	const isFull = threads.filter(({ count }) => count > 0).length === pageSize;
	const next =
		isFull && last !== undefined ? `/admin/orphans?after=${encodeURIComponent(last.postId)}` : null;
	return c.html(<OrphansPage {...frame} threads={gone} next={next} wrong={wrong} />, status);
}
