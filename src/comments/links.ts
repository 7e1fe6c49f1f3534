/** Most hosts looked up for one comment. */
const maxHosts = 20;

/**
 * Lists the URLs a comment leads to as a browser follows them: one for each anchor of its HTML, whatever was typed for it,
 * and its author's website.
 */
export async function linksOf(comment: { html: string; website: string | null }): Promise<readonly string[]> {
	const { html, website } = comment;
	const anchors = html.includes("<a ") ? (await import("./anchors.ts")).anchorsIn(html) : [];
	return [...anchors, ...(website === null ? [] : [website])].map((href) => URL.parse(href)?.href ?? href);
}

/** Lists the distinct hosts of links, without `www.`; an e-mail address has none. */
export function hostsOf(links: readonly string[]): readonly string[] {
	const hosts = links.map(
		(link) =>
			URL.parse(link)
				?.hostname.replace(/^www\./, "")
				.replace(/\.$/, "") ?? "",
	);
	return [...new Set(hosts)].filter((host) => host !== "").slice(0, maxHosts);
}
