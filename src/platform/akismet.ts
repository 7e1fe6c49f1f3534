import type { SecondOpinion } from "../moderation/second-opinion.ts";
import { inquire } from "./inquiry.ts";

/** Milliseconds: whoever has just posted is waiting for this answer. */
const patience = 3000;

/** The blog as Akismet is told of it; `addressOf` gives a post's address. */
export type AskingBlog = {
	url: string;
	languages: readonly string[];
	addressOf: (postId: string, now: number) => string;
};

/** Akismet's opinion (its API 1.1, comment-check). What was typed, the network address and the browser's name go there. */
export function akismetBy(key: string, blog: AskingBlog): SecondOpinion {
	return async ({ draft, postId, parentId, now }, arrival) => {
		const { name, email, website, text } = draft;
		try {
			const answer = await inquire({
				url: "https://rest.akismet.com/1.1/comment-check",
				patience,
				fields: {
					api_key: key,
					blog: blog.url,
					blog_lang: blog.languages.join(", "),
					blog_charset: "UTF-8",
					permalink: blog.addressOf(postId, now),
					// Required; nobody says where a comment on one's own machine comes from.
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
			const said = answer.text.trim();
			if (said === "false") return { says: "fine" };
			if (said !== "true") {
				return unreachable(answer.headers.get("X-akismet-debug-help") ?? "no answer we know");
			}
			const discard = answer.headers.get("X-akismet-pro-tip") === "discard";
			return { says: discard ? "blatant_spam" : "spam" };
		} catch (error) {
			return unreachable(error instanceof Error ? error.message : String(error));
		}
	};
}

function unreachable(why: string) {
	console.error(JSON.stringify({ event: "Akismet could not be asked", error: why }));
	return { unreachable: why.slice(0, 100) };
}
