import type { SourceFile } from "./source-file.ts";

/** A line of a text file without its end; `number` counts from 1. */
export type Line = { number: number; text: string };

/** Reads a text file line by line. Lines end as on any system: LF, CR LF or CR. */
export async function* readLines(file: SourceFile): AsyncGenerator<Line> {
	let number = 0;
	let rest = "";
	for await (const chunk of file.text()) {
		const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
		rest = lines.pop() ?? "";
		for (const text of lines) yield { number: ++number, text };
	}
	const last = rest.replace(/\r$/, "");
	if (rest !== "") yield { number: ++number, text: last };
}
