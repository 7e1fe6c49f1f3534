import { countPages, linkTargetsOf } from "../../comments/links.ts";
import { finding, type Rule } from "../rule.ts";

/** The times the limit may be exceeded by links to pages that were counted already. */
const repeatFactor = 5;

/** Holds a comment with links to more pages than the limit, or very many to the same; the author's website is a page too. */
export const links: Rule = ({ links }, { linkLimit }) => {
	const pages = countPages(links);
	if (pages > linkLimit) return finding("links", "hold", pages);
	return links.length > repeatFactor * linkLimit ? finding("links", "hold", links.length) : null;
};

/** Spam decisions from which a target without approved comments is rejected. */
const rejectFrom = 3;

/** Holds or rejects a link whose target decisions marked as spam; one with mixed decisions is held. */
export const reputation: Rule = ({ links, evidence }) => {
	const bad = linkTargetsOf(links)
		.map((target) => ({ target, approved: 0, spam: 0, ...evidence.linkTargets.get(target) }))
		.filter(({ approved, spam }) => spam > 2 * approved)
		.sort((a, b) => b.spam - b.approved - (a.spam - a.approved))[0];
	if (bad === undefined) return null;
	return finding(
		"host_reputation",
		bad.approved === 0 && bad.spam >= rejectFrom ? "spam" : "hold",
		bad.target,
	);
};
