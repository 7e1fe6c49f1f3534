import { finding, type Rule } from "../rule.ts";

/**
 * Holds all comments, first-time ones or none, as the policy says. An edit of a published comment is not a first-time
 * comment.
 */
export const moderationPolicy: Rule = ({ evidence, replaces }, { policy }) => {
	if (policy === "all") return finding("policy_all", "hold");
	return policy === "first" && !evidence.known && replaces?.state !== "published"
		? finding("policy_first", "hold")
		: null;
};
