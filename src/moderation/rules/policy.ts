import { found, type Rule } from "../rule.ts";

/**
 * Who waits by policy: nobody, whoever has nothing published yet, or everybody. What was let through once and is changed
 * since is not somebody's first.
 */
export const policy: Rule = ({ history, replaces }, { policy }) => {
	if (policy === "all") return found("policy_all", "hold");
	return policy === "first" && !history.known && replaces?.state !== "published"
		? found("policy_first", "hold")
		: null;
};
