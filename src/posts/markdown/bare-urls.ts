import { Tokenizer, type TokenizerObject } from "marked";
import { cjk } from "./cjk.ts";

/** Characters that end a bare address: Chinese, Japanese and Korean text, and non-ASCII punctuation. */
const terminator = new RegExp(`${cjk.source}|[[\\p{P}]--[\\x21-\\x7E]]`, "v");

/** Code units within which the start of an address is recognisable (a local part has at most 64, RFC 5321). */
const lookahead = 512;

/**
 * GFM autolinks without brackets, which also end at CJK text. Both methods are called at every character of a text, so
 * neither may scan all of it each time.
 */
export const bareUrls: Pick<TokenizerObject, "url" | "inlineText"> = {
	url(source) {
		const start = Tokenizer.prototype.url.call(this, source.slice(0, lookahead));
		const found = start && Tokenizer.prototype.url.call(this, source);
		const end = found?.raw.search(terminator) ?? -1;
		return end < 0 ? found : Tokenizer.prototype.url.call(this, source.slice(0, end));
	},
	inlineText(source) {
		if (source.length <= lookahead) return false;
		return Tokenizer.prototype.inlineText.call(this, source.slice(0, lastWordEnd(source)));
	},
};

/** Returns the end of the last whole word before the limit, or the limit if one word is that long. */
function lastWordEnd(source: string): number {
	let end = lookahead;
	while (end > 0 && !isSpace(source[end])) end -= 1;
	while (end > 0 && isSpace(source[end - 1])) end -= 1;
	return end === 0 ? lookahead : end;
}

const isSpace = (character: string | undefined) =>
	character === " " || character === "\n" || character === "\t";
