import { cpuTime } from "./cpu-time.ts";

/** Texts that make parsers of Markdown, addresses and words slow, or overflow their stack, when repeated very often. */
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

/** Repeats a sequence to a length, once with and once without an end that makes all of it futile to a parser. */
export function sayOver(sequence: string, length: number): readonly string[] {
	const text = sequence.repeat(Math.ceil(length / sequence.length)).slice(0, length);
	return [text, `${text.slice(0, length / 2)}x`];
}

/** Milliseconds: many times the slowest case, and a small part of what quadratic time would take. */
export const maxDuration = 2000;

/** Returns the milliseconds of CPU time a call takes. */
export async function timeOf(call: () => unknown): Promise<number> {
	const started = cpuTime();
	await call();
	return cpuTime() - started;
}
