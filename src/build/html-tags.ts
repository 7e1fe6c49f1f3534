import { Parser } from "htmlparser2";
import { countLines } from "./lines.ts";

/** A start tag in raw HTML. Names are in lower case, values are decoded, and `within` is the line it is on, from 0. */
export type HtmlTag = {
	name: string;
	within: number;
	attributes: { name: string; value: string; within: number }[];
};

/** Reads the start tags of a piece of raw HTML; comments and the contents of scripts and styles have none. */
export function readTags(html: string): HtmlTag[] {
	const tags: HtmlTag[] = [];
	let attributes: HtmlTag["attributes"] = [];
	const within = () => countLines(html.slice(0, parser.startIndex));
	const parser = new Parser({
		onopentagname() {
			attributes = [];
		},
		onattribute(name, value) {
			attributes.push({ name, value, within: within() });
		},
		onopentag(name, _, isImplied) {
			if (!isImplied) tags.push({ name, within: within(), attributes });
		},
	});
	parser.end(html);
	return tags;
}
