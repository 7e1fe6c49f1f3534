import { escapeHtml } from "../../posts/html.ts";
import type { NewAddresses } from "./addresses.ts";

type Attributes = Readonly<Record<string, string>>;

/** Makes HTML of a shortcode; null leaves it as it is. */
type Expand = (attributes: Attributes, content: string, addresses: NewAddresses) => string | null;

/** The shortcodes that WordPress itself has, and the two highlighters of WordPress.com. */
const known: Readonly<Record<string, Expand>> = {
	caption,
	wp_caption: caption,
	gallery({ ids = "", include = "" }, _, addresses) {
		const images = (ids || include).split(/[,\s]+/).flatMap((id) => addresses.mediumById(id) ?? []);
		const figures = images.map((src) => `<figure><img src="${escapeHtml(src)}" alt=""></figure>`);
		return images.length === 0 ? null : `\n\n${figures.join("\n\n")}\n\n`;
	},
	embed: (_, content) => linkParagraph(content.trim()),
	code: codeBlock,
	sourcecode: codeBlock,
	audio: (attributes) => player("audio", attributes),
	video: (attributes) => player("video", attributes),
	playlist: () => null,
};

/** Expands the shortcodes of a text. Unknown ones stay visible, with a remark. */
export function expandShortcodes(
	html: string,
	addresses: NewAddresses,
	remark: (message: string) => void,
): string {
	const pattern = /\[(\[?)([a-z][\w-]*)((?:\s[^\][]*?)?)(\/?)\](?:([\s\S]*?)\[\/\2\])?(\]?)/gi;
	return html.replace(
		pattern,
		(whole, before: string, name: string, written: string, _: string, content = "", after = "") => {
			// [[code]] is how WordPress writes about a shortcode.
			if (before === "[" && after === "]") return whole.slice(1, -1);
			const expand = Object.hasOwn(known, name.toLowerCase()) ? known[name.toLowerCase()] : undefined;
			const expanded = expand?.(attributesOf(written), content, addresses) ?? null;
			if (expanded !== null) return `${before}${expanded}${after}`;
			if (expand !== undefined || /=/.test(written) || content !== "") {
				remark(`has the shortcode [${name}], which is shown as it is written; replace it.`);
			}
			return whole;
		},
	);
}

function caption({ caption: written = "" }: Attributes, content: string): string | null {
	const match = /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(content);
	if (match === null) return null;
	const [, image = "", text = ""] = match;
	return `\n\n<figure>${image}<figcaption>${(written || text).trim()}</figcaption></figure>\n\n`;
}

function codeBlock({ language = "", lang = "" }: Attributes, content: string): string | null {
	if (content === "") return null;
	const name = language || lang;
	const type = name === "" ? "" : ` class="language-${escapeHtml(name)}"`;
	// WordPress.com stores these texts with their angle brackets escaped or not; either way they are text.
	const code = content
		.replace(/^\n|\n$/g, "")
		.replace(/</g, "&lt;")
		.replace(/>/g, "&gt;");
	return `\n\n<pre><code${type}>${code}</code></pre>\n\n`;
}

function player(name: "audio" | "video", attributes: Attributes): string | null {
	const src =
		attributes.src ??
		Object.entries(attributes).find(([key]) => /^(?:mp3|m4a|ogg|wav|mp4|m4v|webm|ogv)$/.test(key))?.[1];
	return src === undefined ? null : `\n\n<${name} controls src="${escapeHtml(src)}"></${name}>\n\n`;
}

function linkParagraph(address: string): string | null {
	if (!/^https?:\/\/\S+$/.test(address)) return null;
	const escaped = escapeHtml(address.replaceAll("&amp;", "&"));
	return `\n\n<p><a href="${escaped}">${escaped}</a></p>\n\n`;
}

function attributesOf(written: string): Record<string, string> {
	const pattern = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g;
	return Object.fromEntries(
		[...written.matchAll(pattern)].map(([, name = "", double, single, bare]) => [
			name.toLowerCase(),
			double ?? single ?? bare ?? "",
		]),
	);
}
