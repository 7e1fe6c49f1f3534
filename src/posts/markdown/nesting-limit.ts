import { Tokenizer, type TokenizerObject } from "marked";

/** Maximum nesting of quotes and lists; more would exhaust the renderer's stack. */
const maxDepth = 40;

/** Parses quotes, by the tokenizer given or else as usual, and lists up to the maximum depth; deeper markers are text. */
export function limitNesting({
	blockquote,
}: Required<Pick<TokenizerObject, "blockquote">>): Required<Pick<TokenizerObject, "blockquote" | "list">> {
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
			return nested(() => {
				const found = blockquote.call(this, source);
				return found === false ? Tokenizer.prototype.blockquote.call(this, source) : found;
			});
		},
		list(source) {
			return nested(() => Tokenizer.prototype.list.call(this, source));
		},
	};
}
