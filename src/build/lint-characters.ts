import { toXmlHtml } from "../text/xml.ts";
import type { FieldError } from "./problems.ts";

/** Warns about characters that neither a page nor a feed can hold, on each line once; they are shown as U+FFFD. */
export function lintCharacters(body: string, bodyLine: number): FieldError[] {
	if (toXmlHtml(body) === body) return [];
	return body.split("\n").flatMap((line, index) => {
		const shown = toXmlHtml(line);
		if (shown === line) return [];
		let at = 0;
		while (line[at] === shown[at]) at++;
		const message = `${describe(line.slice(at))} cannot be shown; remove it.`;
		return [{ line: bodyLine + index, message }];
	});
}

function describe(rest: string): string {
	const [reference] = /^&#\w+;?/.exec(rest) ?? [];
	if (reference !== undefined) return `the reference ${reference}`;
	const code = (rest.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
	return `the character U+${code}`;
}
