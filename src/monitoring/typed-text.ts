/** Characters of a search or of a path by which it is counted. */
const maxSearch = 60;
const maxPath = 160;

/** Returns a search in the form in which it is counted: without case and width, and not too long. */
export function countedAs(search: string): string {
	return Array.from(search.normalize("NFKC").toLowerCase().trim()).slice(0, maxSearch).join("");
}

/** Whether a search may be counted by its words: none that may be an e-mail address, or a number that belongs to somebody. */
export function mayBeCounted(search: string): boolean {
	return !search.includes("@") && search.replace(/\D/g, "").length < 7;
}

/** Matches a segment of a path that may be a token: of three parts, or long. */
const secret = /[^/]{80,}|[\w-]{8,}\.[\w-]{8,}\.[\w-]+|[^/]*(?:@|%40)[^/]*/gi;

/**
 * Returns the label of a request for an address that does not exist: its path, and the host of the page that links there, if
 * the browser tells it.
 */
export function missingLabel(path: string, referrer: string): string {
	const host = /^https?:/.test(referrer) ? (URL.parse(referrer)?.host ?? "") : "";
	return `${encodeURI(path.replace(secret, "…").slice(0, maxPath).toWellFormed()).replaceAll("%25", "%")} ${host.slice(0, 100)}`;
}

/** Splits such a label into path and host. */
export function splitMissing(label: string): { path: string; host: string } {
	const [path = "", host = ""] = label.split(" ");
	return { path, host };
}
