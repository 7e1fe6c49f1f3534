import { found, type Rule } from "../rule.ts";
import { fold } from "../standards.ts";

/** A word the owner blocks, in whatever width, case or kana it is typed. */
export const words: Rule = ({ draft: { name, email, website, text } }, { words }) => {
	const typed = fold([name, email ?? "", website ?? "", text].join("\n"));
	const word = words.find((word) => typed.includes(fold(word)));
	return word === undefined ? null : found("word", "hold", word);
};
