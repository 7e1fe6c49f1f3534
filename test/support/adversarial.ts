/** What parsers of Markdown, of addresses and of words have been slow at, or too deep for, when it is said very often. */
export const repeated: readonly string[] = [
	...["*", "**", "_", "*a ", "**a ", "_a_b", "a*", "a**a", "*あ", "**「", "~", "~~a ", "*a **b "],
	...[
		"`",
		"`a",
		"```\n",
		"~~~\n",
		"[",
		"[[",
		"![",
		"[a](",
		"[a](<b",
		'[a](b "',
		"[a][b]",
		"[^a]",
		"[^a]: b\n",
	],
	...["\\", "\\[", "<", "<a ", '<a href="', "<!--", "<![CDATA[", "<?", "</", "&", "&#", "&amp;"],
	...[
		">",
		"> ",
		">\n",
		"> a\n",
		"- ",
		"- a\n",
		"1. ",
		"  - ",
		"* * ",
		"+ ",
		"\t",
		"\n",
		" \n",
		" ",
		"\u3000",
	],
	...["http://", "http://a", "https://a.b/ ", "www.", "www.a.b/(", "a@b.", "a@", "mailto:", "http://a.b/)"],
	...["|", "|-|\n", "| a |\n", "#", "===\n", "a\n=", "---\n", "- [ ] ", "a\n: b\n", "$", "$a$", "$$", "$$\n"],
	...[
		"{",
		"{a|b}",
		"{漢字|",
		":::",
		"::: pair en ja\n",
		"[a]: b\n",
		"<a>",
		"!",
		"1",
		"1,",
		"a",
		"あ",
		"é",
		"😀",
	],
];

/** A sign said over and over, with and without something at its end that shows that it was all for nothing. */
export function sayOver(sign: string, length: number): readonly string[] {
	const said = sign.repeat(Math.ceil(length / sign.length)).slice(0, length);
	return [said, `${said.slice(0, length / 2)}x`];
}

/** Milliseconds a call takes. */
export async function timeOf(call: () => unknown): Promise<number> {
	const from = performance.now();
	await call();
	return performance.now() - from;
}
