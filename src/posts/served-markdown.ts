import type { Body } from "./body.ts";
import { ownValue } from "./own-value.ts";

/** Returns a body's Markdown with the addresses that its files and posts are served at; those on the site become absolute. */
export function servedMarkdown({ markdown, links, htmlPieces }: Body, url: string): string {
	let text = markdown;
	for (const [written, served] of Object.entries(htmlPieces)) text = text.replaceAll(written, () => served);
	return text.replace(codeOrAddress, (whole: string, ...groups) => {
		const { before, address } = groups.at(-1) as Partial<Record<string, string>>;
		if (before === undefined || address === undefined) return whole;
		const served = ownValue(links, address) ?? address;
		return before + (/^\/(?!\/)/.test(served) ? url + served : served);
	});
}

/** Code, in which nothing is an address, or the address of a link, an image, a reference or an HTML attribute. */
const codeOrAddress = new RegExp(
	[
		/^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?<fence>`{3,}(?!`)|~{3,}(?!~)).*\n(?:[\s\S]*?^[ \t>]*\k<fence>[`~]*[ \t]*$|[\s\S]*)/,
		/(?<!`)(?<ticks>`+)(?!`)[\s\S]{0,2000}?[^`]\k<ticks>(?!`)/,
		/(?<before>\]\([ \t]*<?|^[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]*<?|\s(?:src|href|poster)[ \t]*=[ \t]*["'])(?<address>(?<=<)[^<>\n]+|(?<=["'])[^"'\n]+|(?:[^\s()<>"']|\([^\s()<>]*\))+)/,
	]
		.map(({ source }) => source)
		.join("|"),
	"gm",
);
