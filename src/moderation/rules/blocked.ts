import { finding, type Rule } from "../rule.ts";

/** Rejects a blocked visitor or e-mail address. The finding omits the address, so as not to outlive it. */
export const blockedCommenter: Rule = ({ evidence: { blocked } }) => {
	if (blocked.includes("visitor")) return finding("blocked_visitor", "spam");
	return blocked.includes("email") ? finding("blocked_email", "spam") : null;
};

/** Holds comments from a blocked network; strangers share it, so they are not rejected. */
export const blockedNetwork: Rule = ({ evidence: { blocked } }) =>
	blocked.includes("network") ? finding("blocked_network", "hold") : null;
