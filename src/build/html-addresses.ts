import { Parser } from "htmlparser2";
import { escapeHtml } from "../posts/html.ts";
import { mapAddresses } from "../posts/markdown/resolve-addresses.ts";

/** Replaces the addresses in a piece of raw HTML; all else stays byte for byte. */
export function replaceAddresses(html: string, replace: (address: string) => string): string {
	let output = "";
	let copied = 0;
	let attributes: { name: string; value: string; start: number; end: number }[] = [];
	const parser = new Parser(
		{
			onopentagname() {
				attributes = [];
			},
			onattribute(name, value) {
				attributes.push({ name, value, start: parser.startIndex, end: parser.endIndex });
			},
			onopentag(element, _, isImplied) {
				if (isImplied) return;
				for (const [at, { name, value }] of mapAddresses(element, attributes, replace).entries()) {
					const written = attributes[at];
					if (written === undefined || written.value === value) continue;
					output += `${html.slice(copied, written.start)}${name}="${escapeHtml(value)}"`;
					copied = written.end;
				}
			},
		},
		{ lowerCaseAttributeNames: false },
	);
	parser.end(html);
	return output + html.slice(copied);
}
