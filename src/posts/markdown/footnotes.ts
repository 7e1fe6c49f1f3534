import type { RendererExtension, Token, TokenizerAndRendererExtension, Tokens } from "marked";
import { escapeHtml } from "../html.ts";
import type { FragmentIds } from "./fragment-ids.ts";
import type { ProseLabels } from "./labels.ts";
import { type DocumentLexer, documentLexer, parseBlocks } from "./lexer.ts";
import { walk } from "./walk.ts";

/** A reference to a note. */
export type FootnoteReference = Tokens.Generic & {
	type: "footnoteReference";
	label: string;
	note: Footnote;
	id: string;
};

/** A note, as `[^label]: text`. Its number is its place in the list, from 1; 0 if no text refers to it. */
export type Footnote = Tokens.Generic & {
	type: "footnote";
	label: string;
	tokens: Token[];
	number: number;
	id: string;
	references: FootnoteReference[];
};

/** Parses footnotes as GitHub does: labels have no spaces and ignore case, and of two notes the first counts. */
export function footnoteTokenizers(): TokenizerAndRendererExtension[] {
	const notes = new Map<string, Footnote>();
	return [
		{
			name: "footnote",
			level: "block",
			tokenizer(source): Footnote | undefined {
				const [opening, label = ""] = footnoteOpening.exec(source) ?? [];
				if (opening === undefined) return undefined;
				const { raw, text } = readNote(documentLexer(this.lexer), source, opening.length);
				const note: Footnote = {
					type: "footnote",
					raw,
					label,
					tokens: [],
					number: 0,
					id: "",
					references: [],
				};
				const key = keyOf(label);
				if (!notes.has(key)) notes.set(key, note);
				note.tokens = parseBlocks(this.lexer, text);
				return note;
			},
			renderer: () => "",
		},
		{
			name: "footnoteReference",
			level: "inline",
			tokenizer(source): FootnoteReference | undefined {
				const [raw, label = ""] = reference.exec(source) ?? [];
				const note = raw === undefined ? undefined : notes.get(keyOf(label));
				if (raw === undefined || note === undefined) return undefined;
				return { type: "footnoteReference", raw, label, note, id: "" };
			},
			renderer(token) {
				const { note, id } = token as FootnoteReference;
				return `<sup><a id="${escapeHtml(id)}" href="#${encodeURIComponent(note.id)}" aria-describedby="footnote-label">${note.number}</a></sup>`;
			},
		},
	];
}

/**
 * Numbers the notes in the order of their references in the whole text, and gives notes and references their ids. A
 * reference within a note that is not listed has no link back.
 */
export function numberFootnotes(tokens: readonly Token[], ids: FragmentIds): Footnote[] {
	const listed: Footnote[] = [];
	const within = new Map<Token, Footnote>();
	walk(tokens, (token, parent) => {
		const outer = parent === null ? undefined : within.get(parent);
		const container = token.type === "footnote" ? (token as Footnote) : outer;
		if (container !== undefined) within.set(token, container);
		if (token.type !== "footnoteReference") return;
		const { note } = token as FootnoteReference;
		if (note.number === 0) {
			note.number = listed.push(note);
			note.id = ids.take(`footnote-${note.label}`);
		}
		note.references.push(token as FootnoteReference);
	});
	for (const note of listed) {
		note.references = note.references.filter((found) => within.get(found)?.number !== 0);
		for (const [index, found] of note.references.entries())
			found.id = ids.take(`footnote-ref-${note.label}${index === 0 ? "" : `-${index + 1}`}`);
	}
	return listed;
}

/** Renders the notes as a list; each back link has a hidden text label and a visible arrow. */
export function footnoteList(notes: readonly Footnote[], labels: ProseLabels): RendererExtension {
	return {
		name: "footnoteList",
		renderer() {
			const items = notes.map(({ id, tokens, references }, index) => {
				const backLabel = escapeHtml(labels.footnoteBack.replace("{name}", String(index + 1)));
				const back = references.map((found, at) => {
					const arrow = at === 0 ? "↩" : `↩<sup>${at + 1}</sup>`;
					return ` <a class="back-to-text" href="#${encodeURIComponent(found.id)}"><span class="visually-hidden">${backLabel}</span>${arrow}</a>`;
				});
				const html = this.parser.parse(tokens).trimEnd();
				const whole = html.endsWith("</p>")
					? `${html.slice(0, -"</p>".length)}${back.join("")}</p>`
					: `${html}${back.join("")}`;
				return `<li id="${escapeHtml(id)}">\n${whole}\n</li>\n`;
			});
			const heading = `<h2 id="footnote-label" class="visually-hidden">${escapeHtml(labels.footnotes)}</h2>`;
			return `<section class="footnotes">\n${heading}\n<ol>\n${items.join("")}</ol>\n</section>\n`;
		},
	};
}

/** Matches the beginning of a note. */
export const footnoteOpening = /^ {0,3}\[\^((?:\\[\s\S]|[^\s[\]\\]){1,999})\]:[ \t]*/;
const reference = /^\[\^((?:\\[\s\S]|[^\s[\]\\]){1,999})\]/;

/** Folds the case of a label. */
function keyOf(label: string): string {
	return label.toLowerCase().toUpperCase();
}

/**
 * Reads a note from after its label: its first line, lines indented by four columns, blank lines between them, and lines
 * that go on with a paragraph although they are not indented.
 */
function readNote(lexer: DocumentLexer, source: string, start: number): { raw: string; text: string } {
	const lines: string[] = [];
	let at = start;
	let end = start;
	let fence = "";
	let table = false;
	const { html } = lexer.rules.block;
	const htmlStart = lexer.rules.other.htmlBeginRegex(3);
	while (at < source.length || lines.length === 0) {
		const lineEnd = source.indexOf("\n", at);
		const next = lineEnd < 0 ? source.length : lineEnd + 1;
		const line = source.slice(at, lineEnd < 0 ? source.length : lineEnd);
		const isFirst = lines.length === 0;
		const isBlank = line.trim() === "";
		const inner = isFirst || isBlank ? line : unindent(line);
		if (inner === null) {
			const before = lines.at(-1) ?? "";
			if (fence !== "" || table || endsParagraph.test(before) || html.test(before)) break;
			if (startsBlock.test(line) || htmlStart.test(line)) break;
			const isMark = delimiterRow.test(line) || /^[ \t]*=+[ \t]*$/.test(line);
			lines.push((isMark ? "\\" : "") + line.trimStart());
		} else {
			table = !isBlank && (table || delimiterRow.test(inner));

			const [, mark = ""] = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(inner) ?? [];
			if (fence === "") fence = mark;
			else if (mark.startsWith(fence) && inner.trim() === mark) fence = "";
			lines.push(inner);
		}
		if (!isBlank || isFirst) end = next;
		at = next;
		if (next === source.length) break;
	}
	const kept = lines.join("\n").trimEnd();
	return { raw: source.slice(0, end), text: kept };
}

/** Removes four columns of indentation; null if a line has fewer. */
function unindent(line: string): string | null {
	const [indent] = /^ {0,3}\t| {4}/.exec(line) ?? [];
	return indent === undefined || !line.startsWith(indent) ? null : line.slice(indent.length);
}

/** Matches a line after which no paragraph is open. */
const endsParagraph =
	/^[ \t]*$|^ {0,3}(?:#{1,6}(?:[ \t]|$)|(?:`{3,}|~{3,})|(?:[-*_][ \t]*){3,}$)|^(?: {4}|\t)/;

/** Matches a line that begins a block of its own, where a paragraph could otherwise go on. */
const startsBlock =
	/^ {0,3}(?:#{1,6}(?:[ \t]|$)|(?:`{3,}[^`]*$|~{3,})|>|(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$|(?:\*[ \t]*){3,}$|\[\^[^\s[\]]+\]:|\$\$|:{3,}[ \t]*pair\b)/;

/** Matches the row of a table below its head. */
const delimiterRow = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
