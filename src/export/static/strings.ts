/** Sentences of a copy that the blog does not have, by language. */
const sentences: Record<string, { closed: string; moved: string }> = {
	en: {
		closed: "This is a copy of the blog. New comments can no longer be written here.",
		moved: "This page has moved.",
	},
	ja: {
		closed: "このページはブログのコピーです。新しいコメントは投稿できません。",
		moved: "このページは移動しました。",
	},
};

/** Returns the sentences in a language, or in English. */
export function sentencesFor(lang: string): { closed: string; moved: string } {
	return sentences[lang.split("-")[0] ?? ""] ?? { closed: "", moved: "", ...sentences.en };
}
