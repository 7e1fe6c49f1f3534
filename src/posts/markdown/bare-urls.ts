import { Tokenizer, type TokenizerObject, type Tokens } from "marked";
import { toAsciiAddress, toAsciiHost } from "../../text/hosts.ts";
import { addressEnd } from "./address-end.ts";
import { cjk } from "./cjk.ts";

/** Code units within which the start of an address is recognisable (a local part has at most 64, RFC 5321). */
export const lookahead = 512;

/** The start of a web address: a scheme or `www.`, and the first character of its host. */
const webAddress = /^((?:https?|ftp):\/\/|www\.)(?=[\p{L}\p{N}-])/iu;

/** An e-mail address whose domain has other letters than ASCII. */
const email = /^[\w.+-]+@([\p{L}\p{N}][\p{L}\p{N}\p{M}-]*(?:\.[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*)+)/u;

/** A top-level domain in ASCII with CJK letters right after it, which go on with the sentence. */
const afterDomain = new RegExp(`(?<=\\.[A-Za-z\\d\\-]+)${cjk.source}.*$`, "v");

/**
 * GFM autolinks without brackets: whole IRIs and names of hosts in any script, in running text without spaces too. Both
 * methods are called at every character of a text, so neither may scan all of it each time.
 */
export function bareUrls(): Pick<TokenizerObject, "url" | "inlineText"> {
	/** The last character of the text before, and the source that follows it. */
	let previous = { last: "", rest: "" };
	return {
		url(source) {
			const start = source.slice(0, lookahead);
			const scheme = webAddress.exec(start)?.[0];
			if (scheme === undefined) return Tokenizer.prototype.url.call(this, start) ?? emailLink(start);
			const { last, rest } = previous;
			const afterLetter = rest !== "" && source.startsWith(rest) && wideLetter.test(last);
			return webLink(this, source.slice(0, addressEnd(source, scheme, afterLetter)), scheme);
		},
		inlineText(source) {
			const text = source.length <= lookahead ? source : source.slice(0, lastWordEnd(source));
			const token = Tokenizer.prototype.inlineText.call(this, text);
			if (token) previous = { last: Array.from(token.raw).at(-1) ?? "", rest: text.slice(token.raw.length) };
			return token;
		},
	};
}

const wideLetter = new RegExp(`[${cjk.source}&&[\\p{L}\\p{N}\\p{M}]]`, "v");

/** Makes the link of a web address, without the punctuation of the sentence at its end as GFM does. */
function webLink(tokenizer: Tokenizer, address: string, scheme: string): Tokens.Link | undefined {
	let raw = address;
	let before: string;
	do {
		before = raw;
		raw = tokenizer.rules.inline._backpedal.exec(raw)?.[0] ?? "";
	} while (raw !== before);
	const host = /^[^/?#]*/.exec(raw.slice(scheme.length))?.[0] ?? "";
	if (host === "") return undefined;
	// A host in another script needs a dot: https://猫 is the beginning of a sentence.
	if (
		!/^\p{ASCII}*$/u.test(host) &&
		(!host.includes(".") || toAsciiHost(host.replace(/^[^@]*@|:\d*$/g, "")) === null)
	)
		return undefined;
	return link(raw, /^www\./i.test(raw) ? `http://${raw}` : raw);
}

function emailLink(source: string): Tokens.Link | undefined {
	const raw = email.exec(source)?.[0].replace(afterDomain, "");
	return raw === undefined || toAsciiAddress(`mailto:${raw}`) === `mailto:${raw}`
		? undefined
		: link(raw, `mailto:${raw}`);
}

function link(raw: string, href: string): Tokens.Link {
	const text = { type: "text", raw, text: raw, escaped: false } as const;
	return { type: "link", raw, text: raw, href: toAsciiAddress(href), tokens: [text] };
}

/** Returns the end of the last whole word before the limit, or the limit if one word is that long. */
function lastWordEnd(source: string): number {
	let end = lookahead;
	while (end > 0 && !isSpace(source[end])) end -= 1;
	while (end > 0 && isSpace(source[end - 1])) end -= 1;
	return end === 0 ? lookahead : end;
}

const isSpace = (character: string | undefined) =>
	character === " " || character === "\n" || character === "\t";
