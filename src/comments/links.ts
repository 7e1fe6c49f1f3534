import type { Draft } from "./draft.ts";

/** Hosts looked up for one comment, at most. */
const mostHosts = 20;

/** Every web address a comment points at, as typed, its writer's website among them. */
export function linksOf({ text, website }: Pick<Draft, "text" | "website">): readonly string[] {
	const inText =
		text.normalize("NFKC").match(/(?:https?:\/\/|\bwww\.(?=\w))[^\s<>"'`()[\]{}「」、。]+/gi) ?? [];
	return [...inText, ...(website === null ? [] : [website])];
}

/** The hosts behind a comment's links, each once, without `www.`. */
export function hostsOf(draft: Pick<Draft, "text" | "website">): readonly string[] {
	const hosts = linksOf(draft).map((link) => {
		const url = URL.parse(/^https?:/i.test(link) ? link : `http://${link}`);
		return url?.hostname.replace(/^www\./, "").replace(/\.$/, "") ?? "";
	});
	return [...new Set(hosts)].filter((host) => host !== "").slice(0, mostHosts);
}
