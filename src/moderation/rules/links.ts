import { hostsOf } from "../../comments/links.ts";
import { finding, type Rule } from "../rule.ts";

/** Holds a comment with more links than the limit; the author's website counts as one. */
export const links: Rule = ({ links }, { linkLimit }) =>
	links.length > linkLimit ? finding("links", "hold", links.length) : null;

/** Spam decisions from which a host without approved comments is rejected. */
const rejectFrom = 3;

/** Holds or rejects a link to a host that decisions marked as spam; one with mixed decisions is held. */
export const reputation: Rule = ({ links, evidence }) => {
	const bad = hostsOf(links)
		.map((host) => ({ host, approved: 0, spam: 0, ...evidence.hosts.get(host) }))
		.filter(({ approved, spam }) => spam > 2 * approved)
		.sort((a, b) => b.spam - b.approved - (a.spam - a.approved))[0];
	if (bad === undefined) return null;
	return finding("host_reputation", bad.approved === 0 && bad.spam >= rejectFrom ? "spam" : "hold", bad.host);
};
