import { found, type Rule } from "../rule.ts";

/** Other posts under which the same words are nobody's slip any more. */
const everywhere = 3;

/** The same words under another post; words once thrown out as spam are spam again. */
export const repeated: Rule = ({ postId, history }) => {
	const posts = new Set(history.repeats.map((repeat) => repeat.postId));
	if (history.repeats.some(({ state }) => state === "spam")) return found("repeated_spam", "spam");
	posts.delete(postId);
	if (posts.size === 0) return null;
	return found("repeated", posts.size >= everywhere ? "spam" : "hold", posts.size);
};
