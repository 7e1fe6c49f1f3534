import type { Content } from "../build/content.ts";
import { formatProblem } from "../build/problems.ts";
import { previewParameter } from "../posts/locations.ts";
import { encodePath } from "../posts/paths.ts";
import { isPublished, type Post } from "../posts/post.ts";
import { signPreview } from "../posts/preview.ts";

type PreviewRequest = {
	/** Path as shown in messages, such as `content/posts/x.md`. */
	file: string;
	/** URL of the blog, without a trailing slash. */
	base: string;
	secret: string;
	days: number;
	now: number;
};

/** Creates a temporary link to a draft or scheduled post, or returns an error message. */
export async function createPreviewLink(
	{ file, base, secret, days, now }: PreviewRequest,
	content: Pick<Content, "manifest" | "posts" | "ids" | "problems">,
): Promise<{ ok: true; link: string; message: string } | { ok: false; message: string }> {
	const problems = content.problems.filter((problem) => problem.file === file);
	if (problems.length > 0) return { ok: false, message: problems.map(formatProblem).join("\n") };
	const id = content.ids.get(file);
	const { posts } = content;
	const { pages, site } = content.manifest;
	const page = pages.find((each) => each.id === id);
	if (page !== undefined) {
		return {
			ok: false,
			message: `${file} is a page, and pages are always public: ${base}${encodePath(page.path)}`,
		};
	}
	const post = posts.find((each) => each.id === id);
	if (id === undefined || post === undefined) {
		return {
			ok: false,
			message: `${file} is not a post of this blog; name a file such as content/posts/x.md.`,
		};
	}
	if (isPublished(post, now)) {
		return { ok: false, message: `${file} is public: ${base}${encodePath(post.path)}` };
	}
	const expiresAt = now + days * 86_400_000;
	const token = await signPreview(post, secret, expiresAt);
	const dateTime = new Intl.DateTimeFormat("en-GB", {
		dateStyle: "long",
		timeStyle: "short",
		timeZone: site.timezone,
	});
	return {
		ok: true,
		link: `${base}${encodePath(post.path)}?${previewParameter}=${token}`,
		message: `Anyone with this link can read ${nameOf(post)} until ${dateTime.format(expiresAt)} (${site.timezone}).`,
	};
}

function nameOf({ draft }: Post): string {
	return draft ? "the draft" : "the scheduled post";
}
