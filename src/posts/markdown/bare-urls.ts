import { Tokenizer, type TokenizerObject } from "marked";
import { cjk } from "./cjk.ts";

/** What no bare address goes on past: Chinese, Japanese and Korean text, and punctuation outside ASCII. */
const textAgain = new RegExp(`${cjk.source}|[[\\p{P}]--[\\x21-\\x7E]]`, "v");

/** Addresses without brackets as in GFM, except that they end where the sentence around them goes on. */
export const bareUrls: Pick<TokenizerObject, "url"> = {
	url(source) {
		const end = source.search(textAgain);
		return end < 0 ? false : Tokenizer.prototype.url.call(this, source.slice(0, end));
	},
};
