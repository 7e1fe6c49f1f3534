import { Tokenizer, type TokenizerObject } from "marked";
import { cjk } from "./cjk.ts";

/** What no bare address goes on past: Chinese, Japanese and Korean text, and punctuation outside ASCII. */
const textAgain = new RegExp(`${cjk.source}|[[\\p{P}]--[\\x21-\\x7E]]`, "v");

/** Code units within which an address that begins shows itself as one (a local part has at most 64, RFC 5321). */
const near = 512;

/**
 * Addresses without brackets as in GFM, except that they end where the sentence around them goes on. Both are asked at
 * every sign in a text, and must not look through all of it each time.
 */
export const bareUrls: Pick<TokenizerObject, "url" | "inlineText"> = {
	url(source) {
		const begins = Tokenizer.prototype.url.call(this, source.slice(0, near));
		const found = begins && Tokenizer.prototype.url.call(this, source);
		const end = found?.raw.search(textAgain) ?? -1;
		return end < 0 ? found : Tokenizer.prototype.url.call(this, source.slice(0, end));
	},
	inlineText(source) {
		if (source.length <= near) return false;
		return Tokenizer.prototype.inlineText.call(this, source.slice(0, lastWord(source)));
	},
};

/** Where the last whole word before the limit ends; the limit where one word is that long. */
function lastWord(source: string): number {
	let end = near;
	while (end > 0 && !isSpace(source[end])) end -= 1;
	while (end > 0 && isSpace(source[end - 1])) end -= 1;
	return end === 0 ? near : end;
}

const isSpace = (sign: string | undefined) => sign === " " || sign === "\n" || sign === "\t";
