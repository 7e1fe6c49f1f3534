/** A piece of raw HTML as a browser reads it: text, a tag, or a comment or the like. */
export type HtmlPiece =
	| { type: "text" | "comment"; start: number; end: number }
	| { type: "broken"; start: number; end: number }
	| {
			type: "start" | "end";
			start: number;
			end: number;
			/** In lower case. */
			name: string;
			selfClosing: boolean;
			attributes: HtmlAttribute[];
	  };

/** An attribute as written; `start` includes the space before it. */
export type HtmlAttribute = { name: string; value: string; start: number; end: number };

/**
 * Splits raw HTML as the HTML standard's tokenizer does. A tag or comment that does not end, and would take in whatever
 * follows the piece, is `broken`: only its `<`.
 */
export function* readHtml(html: string, isForeign: () => boolean): Generator<HtmlPiece> {
	let textStart = 0;
	for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
		const piece = readPiece(html, at, isForeign());
		if (piece === null) {
			at += 1;
			continue;
		}
		if (at > textStart) yield { type: "text", start: textStart, end: at };
		yield piece;
		textStart = piece.end;
		at = piece.end;
	}
	if (textStart < html.length) yield { type: "text", start: textStart, end: html.length };
}

/** Reads what begins with the `<` at a position; null if that is only a character. */
function readPiece(html: string, start: number, foreign: boolean): HtmlPiece | null {
	const [opening, slash, name] = tagOpening(html, start);
	if (name !== undefined) return readTag(html, start, start + opening.length, slash === "/", name);
	if (html.startsWith("<!--", start)) {
		const [empty] = matchAt(/-?>/y, html, start + 4);
		if (empty !== undefined) return { type: "comment", start, end: start + 4 + empty.length };
		return ended(html, start, start + 4, /--!?>/g);
	}
	if (foreign && html.startsWith("<![CDATA[", start)) return ended(html, start, start, /\]\]>/g);
	return /[!?/]/.test(html.charAt(start + 1)) ? ended(html, start, start, />/g) : null;
}

function ended(html: string, start: number, from: number, end: RegExp): HtmlPiece {
	end.lastIndex = from;
	if (end.exec(html) === null) return { type: "broken", start, end: start + 1 };
	return { type: "comment", start, end: end.lastIndex };
}

function tagOpening(html: string, start: number): [string, string | undefined, string | undefined] {
	const [opening = "", slash, name] = matchAt(/<(\/?)([a-zA-Z][^\s/>]*)/y, html, start);
	return [opening, slash, name];
}

function readTag(html: string, start: number, from: number, isEnd: boolean, name: string): HtmlPiece {
	const attributes: HtmlAttribute[] = [];
	let at = from;
	while (at < html.length) {
		const [, space = "", close, attribute, double, single, open, bare] = matchAt(attributePattern, html, at);
		if (close !== undefined) {
			return {
				type: isEnd ? "end" : "start",
				start,
				end: at + space.length + 1,
				name: name.toLowerCase(),
				selfClosing: space.endsWith("/"),
				attributes,
			};
		}
		// At the end of the piece, or within a value whose quotation mark is not closed.
		if (attribute === undefined || open !== undefined) break;
		const end = attributePattern.lastIndex;
		attributes.push({ name: attribute.toLowerCase(), value: double ?? single ?? bare ?? "", start: at, end });
		at = end;
	}
	return { type: "broken", start, end: start + 1 };
}

function matchAt(pattern: RegExp, text: string, at: number): (string | undefined)[] {
	pattern.lastIndex = at;
	return pattern.exec(text) ?? [];
}

const attributePattern =
	/([\s/]*)(?:(>)|([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(["'])|([^\s>"'][^\s>]*)?))?)/y;
