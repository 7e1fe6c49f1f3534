import { found, type Rule } from "../rule.ts";

/** Somebody a moderator banned, by their cookie or the address they gave; the finding must not outlive the address. */
export const bannedPerson: Rule = ({ history: { blocked } }) => {
	if (blocked.includes("visitor")) return found("person", "spam");
	return blocked.includes("email") ? found("email", "spam") : null;
};

/** A network is shared by strangers, so its comments wait and are not thrown away. */
export const blockedNetwork: Rule = ({ history: { blocked } }) =>
	blocked.includes("network") ? found("network", "hold") : null;
