import { found, type Rule } from "../rule.ts";

/** Who waits by policy: nobody, whoever has nothing published yet, or everybody. */
export const policy: Rule = ({ history }, { policy }) => {
	if (policy === "all") return found("policy_all", "hold");
	return policy === "first" && !history.known ? found("policy_first", "hold") : null;
};
