import { ownPart } from "./shared-hosts.ts";

/** Most targets looked up for one comment, and most characters of one. */
const maxTargets = 20;
const maxTargetLength = 300;

/**
 * Lists the URLs a comment leads to as a browser follows them: one for each anchor of its HTML, whatever was typed for it,
 * and its author's website.
 */
export async function linksOf(comment: { html: string; website: string | null }): Promise<readonly string[]> {
	const { html, website } = comment;
	const anchors = html.includes("<a ") ? (await import("./anchors.ts")).anchorsIn(html) : [];
	return [...anchors, ...(website === null ? [] : [website])].map((href) => URL.parse(href)?.href ?? href);
}

/** Counts the different pages that links lead to. */
export function countPages(links: readonly string[]): number {
	return new Set(links.map(pageOf)).size;
}

/**
 * Lists the distinct targets of links, by which their reputation is counted: the host without `www.`, and on a host that
 * many people share the path that is one person's. An e-mail address has none.
 */
export function linkTargetsOf(links: readonly string[]): readonly string[] {
	const targets = links.map((link) => {
		const url = URL.parse(link);
		const host = url?.hostname.replace(/^www\./, "").replace(/\.$/, "") ?? "";
		return url === null || host === "" ? "" : (host + ownPart(host, url)).slice(0, maxTargetLength);
	});
	return [...new Set(targets)].filter((target) => target !== "").slice(0, maxTargets);
}

/** Returns the parts by which two links are the same page: neither its protocol, `www.` nor a place in it. */
function pageOf(link: string): string {
	const url = URL.parse(link);
	return url === null || url.hostname === ""
		? link
		: url.host.replace(/^www\./, "") + url.pathname.replace(/\/$/, "") + url.search;
}
