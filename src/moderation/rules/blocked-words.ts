import { finding, type Rule } from "../rule.ts";

/** Holds a comment with a blocked word, in whatever width, case or kana it is typed, or as a part of where a link leads. */
export const blockedWords: Rule = ({ folded }, { blockedWords: words }) => {
	const found = words.find((word) => folded.includes(word.folded));
	return found === undefined ? null : finding("blocked_word", "hold", found.word);
};
