import { nameToEmoji } from "gemoji";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import { emojiName } from "../posts/markdown/typeset.ts";
import { walk } from "../posts/markdown/walk.ts";

/** GitHub's names of emoji. Only the build has the table; a body carries the names it uses. */
export const allEmoji: Readonly<Record<string, string>> = nameToEmoji;

/** Returns the emoji a body names as `:name:`. */
export function findEmoji({ tokens }: MarkdownDocument): Readonly<Record<string, string>> {
	const found = new Map<string, string>();
	walk(tokens, (token) => {
		if (token.type !== "text") return;
		for (const [, name = ""] of token.raw.matchAll(emojiName)) {
			if (Object.hasOwn(allEmoji, name)) found.set(name, allEmoji[name] ?? "");
		}
	});
	return Object.fromEntries(found);
}
