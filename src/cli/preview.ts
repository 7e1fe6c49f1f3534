import { isPublished, type Post } from "../posts/post.ts";
import { previewParameter, signPreview } from "../posts/preview.ts";
import type { Content } from "../publish/content.ts";
import { formatProblem } from "../publish/problems.ts";

type Asked = {
	/** As messages show it, such as `content/posts/x.md`. */
	file: string;
	/** Where the blog is, without a slash at the end. */
	base: string;
	secret: string;
	days: number;
	now: number;
};

/** Makes the link under which a draft or scheduled post can be read for some days, or says why there is none. */
export async function previewLink(
	{ file, base, secret, days, now }: Asked,
	content: Pick<Content, "manifest" | "posts" | "ids" | "problems">,
): Promise<{ ok: true; link: string; says: string } | { ok: false; says: string }> {
	const problems = content.problems.filter((problem) => problem.file === file);
	if (problems.length > 0) return { ok: false, says: problems.map(formatProblem).join("\n") };
	const id = content.ids.get(file);
	const { posts } = content;
	const { pages, site } = content.manifest;
	const page = pages.find((each) => each.id === id);
	if (page !== undefined) {
		return {
			ok: false,
			says: `${file} is a page, and pages are public at once: ${base}${encodeURI(page.path)}`,
		};
	}
	const post = posts.find((each) => each.id === id);
	if (id === undefined || post === undefined) {
		return { ok: false, says: `${file} is no post of this blog; name a file such as content/posts/x.md.` };
	}
	if (isPublished(post, now)) {
		return { ok: false, says: `${file} is public: ${base}${encodeURI(post.path)}` };
	}
	const until = now + days * 86_400_000;
	const token = await signPreview(post, secret, until);
	const day = new Intl.DateTimeFormat("en-GB", {
		dateStyle: "long",
		timeStyle: "short",
		timeZone: site.timezone,
	});
	return {
		ok: true,
		link: `${base}${encodeURI(post.path)}?${previewParameter}=${token}`,
		says: `Whoever has this link can read ${nameOf(post)} until ${day.format(until)} (${site.timezone}).`,
	};
}

function nameOf({ draft }: Post): string {
	return draft ? "the draft" : "the post before its time";
}
