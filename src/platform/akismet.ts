import type { Log } from "../log.ts";
import type { SpamService } from "../moderation/spam-service.ts";
import { postForm } from "./post-form.ts";

/** Milliseconds to wait for Akismet, during which the commenter waits too. */
const timeout = 3000;

/** The blog as described to Akismet; `permalinkOf` returns the URL of a post. */
export type AkismetBlog = {
	url: string;
	languages: readonly string[];
	permalinkOf: (postId: string, now: number) => string;
};

/** Checks comments with Akismet (API 1.1, comment-check), which receives the form's fields, IP address and user agent. */
export function akismetService(key: string, blog: AkismetBlog): SpamService {
	return async ({ draft, postId, parentId, now, log }, arrival) => {
		const { name, email, website, text } = draft;
		try {
			const response = await postForm({
				url: "https://rest.akismet.com/1.1/comment-check",
				timeout,
				fields: {
					api_key: key,
					blog: blog.url,
					blog_lang: blog.languages.join(", "),
					blog_charset: "UTF-8",
					permalink: blog.permalinkOf(postId, now),
					// Required by Akismet; unknown on a local server.
					user_ip: arrival.address ?? "127.0.0.1",
					user_agent: arrival.userAgent,
					comment_type: parentId === null ? "comment" : "reply",
					comment_author: name,
					...(email === null ? {} : { comment_author_email: email }),
					...(website === null ? {} : { comment_author_url: website }),
					comment_content: text,
					comment_date_gmt: new Date(now).toISOString(),
				},
			});
			const verdict = response.text.trim();
			if (verdict === "false") return { verdict: "fine" };
			if (verdict !== "true") {
				return unreachable(response.headers.get("X-akismet-debug-help") ?? "unknown response", log);
			}
			const discard = response.headers.get("X-akismet-pro-tip") === "discard";
			return { verdict: discard ? "blatant_spam" : "spam" };
		} catch (error) {
			return unreachable(error instanceof Error ? error.message : String(error), log);
		}
	};
}

function unreachable(reason: string, log: Log) {
	log("Akismet request failed", { error: reason });
	return { unreachable: reason.slice(0, 100) };
}
