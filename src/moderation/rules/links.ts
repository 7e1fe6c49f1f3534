import { hostsOf, linksOf } from "../../comments/links.ts";
import { found, type Rule } from "../rule.ts";

/** More links than a comment needs; the writer's website is one of them. */
export const links: Rule = ({ draft }, { linkLimit }) => {
	const count = linksOf(draft).length;
	return count > linkLimit ? found("links", "hold", count) : null;
};

/** Spam decisions after which a host that nothing good came with has no name left to lose. */
const enough = 3;

/** A host that earlier decisions speak against; one that is on both sides waits for a person. */
export const reputation: Rule = ({ draft, history }) => {
	const bad = hostsOf(draft)
		.map((host) => ({ host, approved: 0, spam: 0, ...history.hosts.get(host) }))
		.filter(({ approved, spam }) => spam > 2 * approved)
		.sort((a, b) => b.spam - b.approved - (a.spam - a.approved))[0];
	if (bad === undefined) return null;
	return found("host", bad.approved === 0 && bad.spam >= enough ? "spam" : "hold", bad.host);
};
