import { Hono } from "hono";
import { previewLasts, previewParameter, signPreview } from "../../posts/preview.ts";
import type { AppEnv } from "../context.ts";
import { deskFrame } from "../desk.ts";
import { ownersOnly } from "../middleware/desk.ts";
import { UpcomingPage } from "../views/desk/upcoming.tsx";
import { href } from "../views/links.ts";

/** Drafts and scheduled posts, with links to show them to somebody: the owners' affair, as what they say is not public. */
export const upcoming = new Hono<AppEnv>();

upcoming.get("/admin/upcoming", ownersOnly, async (c) => {
	const { archive, signingSecret, now } = c.var.services;
	const until = now() + previewLasts;
	const posts = await Promise.all(
		archive.upcoming(now()).map(async (post) => {
			const token = await signPreview(post, signingSecret ?? "", until);
			return { post, link: new URL(`${href(post.path)}?${previewParameter}=${token}`, c.req.url).href };
		}),
	);
	return c.html(<UpcomingPage {...(await deskFrame(c))} posts={posts} />);
});
