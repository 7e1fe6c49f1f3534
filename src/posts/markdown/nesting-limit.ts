import { Tokenizer, type TokenizerObject } from "marked";

/** Maximum nesting of quotes and lists; more would exhaust the renderer's stack. */
const maxDepth = 40;

/** Parses quotes and lists as usual up to the maximum depth; deeper markers remain text. */
export function limitNesting(): Pick<TokenizerObject, "blockquote" | "list"> {
	let depth = 0;
	const nested = <T>(parse: () => T): T | undefined => {
		if (depth >= maxDepth) return undefined;
		depth += 1;
		try {
			return parse();
		} finally {
			depth -= 1;
		}
	};
	return {
		blockquote(source) {
			return nested(() => Tokenizer.prototype.blockquote.call(this, source));
		},
		list(source) {
			return nested(() => Tokenizer.prototype.list.call(this, source));
		},
	};
}
