import type { Draft } from "./draft.ts";

/** Most hosts looked up for one comment. */
const maxHosts = 20;

/** Lists the URLs in a comment as typed, including its author's website. */
export function linksOf({ text, website }: Pick<Draft, "text" | "website">): readonly string[] {
	const inText =
		text.normalize("NFKC").match(/(?:https?:\/\/|\bwww\.(?=\w))[^\s<>"'`()[\]{}「」、。]+/gi) ?? [];
	return [...inText, ...(website === null ? [] : [website])];
}

/** Lists the distinct hosts a comment links to, without `www.`. */
export function hostsOf(draft: Pick<Draft, "text" | "website">): readonly string[] {
	const hosts = linksOf(draft).map((link) => {
		const url = URL.parse(/^https?:/i.test(link) ? link : `http://${link}`);
		return url?.hostname.replace(/^www\./, "").replace(/\.$/, "") ?? "";
	});
	return [...new Set(hosts)].filter((host) => host !== "").slice(0, maxHosts);
}
