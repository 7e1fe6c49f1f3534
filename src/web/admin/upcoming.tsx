import { Hono } from "hono";
import { previewParameter } from "../../posts/locations.ts";
import { previewLifetime, signPreview } from "../../posts/preview.ts";
import type { AppEnv } from "../http/context.ts";
import { href } from "../ui/links.ts";
import { ownersOnly } from "./guard.ts";
import { adminFrame } from "./request.ts";
import { UpcomingPage } from "./upcoming-page.tsx";

/** Scheduled posts and drafts with preview links; for owners only, because the posts are not public. */
export const upcoming = new Hono<AppEnv>();

upcoming.get("/admin/upcoming", ownersOnly, async (c) => {
	const { archive, secrets, clock } = c.var.services;
	const until = clock.now() + previewLifetime;
	const posts = await Promise.all(
		archive.upcoming(clock.now()).map(async (post) => {
			const token = await signPreview(post, secrets.signing ?? "", until);
			return { post, link: new URL(`${href(post.path)}?${previewParameter}=${token}`, c.req.url).href };
		}),
	);
	return c.html(<UpcomingPage {...(await adminFrame(c))} posts={posts} />);
});
