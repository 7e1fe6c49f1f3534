const more = /^<!--\s*more\s*-->/im;

/** What of a body's HTML comes before `<!--more-->`; all of it where there is none. */
export function opening(html: string): string {
	const end = html.search(more);
	return end < 0 ? html : html.slice(0, end);
}

/**
 * A body's HTML for a page that shows other bodies too, or for a feed: without ids, of which a page may have each only
 * once, without the table of contents, and with its inner links leading to its own page at `address`.
 */
export function elsewhere(html: string, address: string): string {
	return html
		.replace(/<nav class="contents"[\s\S]*?<\/nav>\n?/, "")
		.replace(/ ?<a class="anchor"[^>]*>#<\/a>/g, "")
		.replace(/(<[a-z][^<>]*?) id="[^"<>]*"/g, "$1")
		.replace(/(<a [^<>]*?)href="#/g, `$1href="${address}#`);
}
