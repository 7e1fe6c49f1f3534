import { finding, type Rule } from "../rule.ts";

/** Other posts with the same text from which it is rejected: too many for a mistake. */
const rejectFrom = 3;

/** Holds or rejects a text that others sent under other posts; one that a person marked as spam before is rejected. */
export const duplicateText: Rule = ({ postId, evidence }) => {
	const posts = new Set(evidence.duplicates.map((duplicate) => duplicate.postId));
	if (evidence.duplicates.some(({ isMarkedSpam }) => isMarkedSpam)) return finding("duplicate_spam", "spam");
	posts.delete(postId);
	if (posts.size === 0) return null;
	return finding("duplicate_text", posts.size >= rejectFrom ? "spam" : "hold", posts.size);
};
