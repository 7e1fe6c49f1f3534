const more = /^<!--\s*more\s*-->/im;

/** Returns a body's HTML up to `<!--more-->`, or all of it without that tag. */
export function beforeMoreTag(html: string): string {
	const end = html.search(more);
	return end < 0 ? html : html.slice(0, end);
}

/**
 * Adapts a body's HTML for lists and feeds: without ids, which must be unique on a page, without the table of contents,
 * and with fragment links pointing to the post's own page at `address`.
 */
export function embeddedHtml(html: string, address: string): string {
	return html
		.replace(/<nav class="contents"[\s\S]*?<\/nav>\n?/, "")
		.replace(/ ?<a class="anchor"[^>]*>#<\/a>/g, "")
		.replace(/(<[a-z][^<>]*?) id="[^"<>]*"/g, "$1")
		.replace(/(<a [^<>]*?)href="#/g, `$1href="${address}#`);
}
