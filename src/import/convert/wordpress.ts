import { autop } from "@wordpress/autop";
import { parse } from "@wordpress/block-serialization-default-parser";
import { escapeHtml } from "../../posts/html.ts";
import type { NewAddresses } from "./addresses.ts";
import { expandShortcodes } from "./shortcodes.ts";

type Block = ReturnType<typeof parse>[number];

/** Makes HTML of a text of WordPress: blocks, or classic text whose paragraphs are only blank lines, and shortcodes. */
export function wordpressHtml(
	text: string,
	addresses: NewAddresses,
	remark: (message: string) => void,
): string {
	const hasBlocks = /<!--\s+wp:/.test(text);
	const more = text
		.replace(/<!--\s*more\b[^>]*-->/g, "\n\n<!--more-->\n\n")
		.replace(/<!--\s*(?:nextpage|noteaser)\s*-->/g, "");
	const html = hasBlocks
		? parse(more)
				.map((block) => blockHtml(block, remark))
				.join("")
		: more;
	const expanded = expandShortcodes(html, addresses, remark);
	return hasBlocks ? expanded : autop(expanded);
}

/** Blocks without text that are no loss. */
const silent = new Set(["core/spacer", "core/separator", "core/nextpage", "core/page-break"]);

function blockHtml(block: Block, remark: (message: string) => void): string {
	const { blockName: name, innerBlocks, innerContent, innerHTML } = block;
	const attrs = (block.attrs ?? {}) as Record<string, unknown>;
	let next = 0;
	const html = innerContent
		.map((part) => {
			if (part !== null) return part;
			const inner = innerBlocks[next++];
			return inner === undefined ? "" : blockHtml(inner as Block, remark);
		})
		.join("");
	if (name === "core/more") return "\n<!--more-->\n";
	if (name === "core/embed" || name?.startsWith("core-embed/")) return embedHtml(html, attrs);
	if (name === "core/freeform" || (name === null && /\S/.test(innerHTML) && !/^\s*</.test(innerHTML)))
		return autop(html);
	const language = typeof attrs.language === "string" ? attrs.language : "";
	if (language !== "" && /<pre\b/.test(html)) {
		return html.replace(
			/<pre\b[^>]*>(?:\s*<code\b[^>]*>)?([\s\S]*?)(?:<\/code>\s*)?<\/pre>/,
			(_, code: string) => `<pre><code class="language-${escapeHtml(language)}">${code}</code></pre>`,
		);
	}
	if (name !== null && html.trim() === "" && !silent.has(name)) {
		remark(
			`has a block without a text of its own (${name}${typeof attrs.ref === "number" ? ` ${attrs.ref}` : ""}); left out.`,
		);
	}
	return html;
}

/** Makes a link of a block that embeds another site's page, with its caption. */
function embedHtml(html: string, attrs: Record<string, unknown>): string {
	const url = typeof attrs.url === "string" ? attrs.url : (/https?:\/\/[^\s<"]+/.exec(html)?.[0] ?? "");
	const caption = /<figcaption[^>]*>([\s\S]*?)<\/figcaption>/.exec(html)?.[1] ?? "";
	if (url === "") return html;
	const address = escapeHtml(url);
	return `<p><a href="${address}">${address}</a></p>${caption === "" ? "" : `<p>${caption}</p>`}`;
}
