import { fold } from "../policy.ts";
import { finding, type Rule } from "../rule.ts";

/** Holds a comment with a blocked word, in whatever width, case or kana it is typed. */
export const blockedWords: Rule = ({ draft: { name, email, website, text } }, { blockedWords: words }) => {
	const typed = fold([name, email ?? "", website ?? "", text].join("\n"));
	const word = words.find((word) => typed.includes(fold(word)));
	return word === undefined ? null : finding("blocked_word", "hold", word);
};
