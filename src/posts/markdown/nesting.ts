import { Tokenizer, type TokenizerObject } from "marked";

/** Quotes and lists in each other, deeper than anybody reads; more would exhaust the stack of whoever renders it. */
const deepest = 40;

/** Quotes and lists as they are, except that signs of more than so many in each other stay the text they are. */
export function boundedNesting(): Pick<TokenizerObject, "blockquote" | "list"> {
	let depth = 0;
	const within = <T>(read: () => T): T | undefined => {
		if (depth >= deepest) return undefined;
		depth += 1;
		try {
			return read();
		} finally {
			depth -= 1;
		}
	};
	return {
		blockquote(source) {
			return within(() => Tokenizer.prototype.blockquote.call(this, source));
		},
		list(source) {
			return within(() => Tokenizer.prototype.list.call(this, source));
		},
	};
}
