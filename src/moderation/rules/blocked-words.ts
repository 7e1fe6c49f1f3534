import { finding, type Rule } from "../rule.ts";

/**
 * Holds a comment with a blocked word, in whatever width, case or kana it is typed, also in the addresses it leads to. In
 * scripts that divide words, only the whole word counts: `cialis` is not in "specialist".
 */
export const blockedWords: Rule = ({ folded }, { blockedWords: words }) => {
	const found = words.find((word) => hasWord(folded, word.folded));
	return found === undefined ? null : finding("blocked_word", "hold", found.word);
};

function hasWord(text: string, word: string): boolean {
	const isWhole = { first: dividesWords.test(word), last: dividesWords.test(lastCharacter(word)) };
	for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
		const end = at + word.length;
		const begins = !isWhole.first || !dividesWords.test(lastCharacter(text.slice(Math.max(0, at - 2), at)));
		if (begins && !(isWhole.last && dividesWords.test(text.slice(end, end + 2)))) return true;
	}
	return false;
}

/**
 * Matches text that begins with a letter, digit or mark of a script in which other characters divide words. Thai and its
 * neighbours, Chinese and Japanese do not divide them, and Korean joins particles to them.
 */
const dividesWords =
	/^(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Hang}\p{sc=Bopo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}ー])[\p{L}\p{N}\p{M}]/u;

const lastCharacter = (text: string) => [...text].at(-1) ?? "";
