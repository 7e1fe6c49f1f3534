import type { Token, Tokens } from "marked";

/**
 * Visits tokens and all tokens within them, in document order. Takes time in proportion to their number, which marked's
 * own `walkTokens` does not: it copies its list of results at each token.
 */
export function walk(tokens: readonly Token[], visit: (token: Token, parent: Token | null) => void): void {
	visitAll(tokens, null);

	function visitAll(siblings: readonly Token[], parent: Token | null): void {
		for (const token of siblings) {
			visit(token, parent);
			for (const children of childrenOf(token)) visitAll(children, token);
		}
	}
}

/** Returns the lists of tokens within a token: of a table one for each cell, of a callout its title and its text. */
export function childrenOf(token: Token): readonly (readonly Token[])[] {
	const { type, title, tokens, items, sides, header, rows } = token as Tokens.Generic;
	if (type === "table") return [...header, ...rows.flat()].map((cell: Tokens.TableCell) => cell.tokens);
	if (type === "list") return [items];
	if (type === "definitionList") return [items];
	if (type === "pair") return [sides];
	if (type === "callout") return [title, tokens ?? []];
	return tokens === undefined ? [] : [tokens];
}
