import { Parser } from "htmlparser2";

// Loaded only through import(), when a comment is judged.

/** Lists the `href` of every anchor in a comment's HTML, in order, with its character references decoded. */
export function anchorsIn(html: string): readonly string[] {
	const found: string[] = [];
	const parser = new Parser({
		onopentag(name, { href }) {
			if (name === "a" && href !== undefined) found.push(href);
		},
	});
	parser.end(html);
	return found;
}
