import sax from "sax";
import { countLines } from "../../build/lines.ts";
import { ImportError } from "../error.ts";
import type { Remark } from "../record.ts";
import type { SourceFile } from "./source-file.ts";

/** An element with everything in it. Names are as written, with their prefix. */
export type XmlElement = {
	name: string;
	attributes: Readonly<Record<string, string>>;
	/** Child elements in order, without those that were passed on by themselves. */
	children: XmlElement[];
	/** All its own text, without that of children. */
	text: string;
	line: number;
	/** The element around it, which may not be complete yet; null for the root. */
	parent: XmlElement | null;
};

/**
 * Reads an XML file as a stream and passes on the elements named in `wanted`, each as soon as it ends. They are then
 * removed from the element around them, so that a large file never is in memory. Characters that XML forbids are left out and
 * broken entities kept as text, with a remark each; a document type is refused, since entities could be defined in it.
 */
export async function* xmlElements(
	file: SourceFile,
	wanted: ReadonlySet<string>,
): AsyncGenerator<XmlElement | Remark> {
	const parser = sax.parser(true, { position: true });
	const ready: (XmlElement | Remark)[] = [];
	let current: XmlElement | null = null;
	let texts: string[] = [];
	let finished = false;
	const line = () => parser.line + 1;
	const remark = (message: string, at = line()) => ready.push({ kind: "remark", line: at, message });

	parser.onerror = (error) => {
		const [reason = ""] = error.message.split("\n");
		// Elements that end in the wrong order: the rest of the file would be read as something else.
		if (/closing tag|Unclosed root|Unexpected end/i.test(reason)) throw broken(file, line(), reason);
		remark(`${reason.trim()}; kept as text.`);
		parser.error = null as unknown as Error;
		parser.resume();
	};
	parser.ondoctype = () => {
		throw new ImportError(
			`${file.name}:${line()}: has a document type (<!DOCTYPE>), which no export has and could hide an attack; remove that line if you trust the file.`,
		);
	};
	parser.onopentag = ({ name, attributes }) => {
		flush();
		const element: XmlElement = {
			name,
			attributes: attributes as Record<string, string>,
			children: [],
			text: "",
			line: line(),
			parent: current,
		};
		current?.children.push(element);
		current = element;
	};
	parser.onclosetag = () => {
		flush();
		const closed = current;
		if (closed === null) return;
		current = closed.parent;
		finished ||= current === null;
		if (!wanted.has(closed.name)) return;
		closed.parent?.children.splice(closed.parent.children.lastIndexOf(closed), 1);
		ready.push(closed);
	};
	const append = (text: string) => texts.push(text);
	parser.ontext = append;
	parser.oncdata = append;

	function flush(): void {
		if (current !== null && texts.length > 0) current.text += texts.join("");
		texts = [];
	}

	for await (const chunk of file.text(await declaredEncoding(file))) {
		const clean = withoutForbidden(chunk, (lines) =>
			remark("a control character that XML does not allow; left out.", line() + lines),
		);
		parser.write(clean);
		yield* ready.splice(0);
	}
	if (!finished) throw broken(file, line(), `ends within <${nameOf(current)}>`);
	parser.close();
	yield* ready;
}

/** Returns the text of the first child of a name; empty without one. */
export function childText(element: XmlElement, name: string): string {
	return element.children.find((child) => child.name === name)?.text ?? "";
}

/** Returns the children of a name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
	return element.children.filter((child) => child.name === name);
}

function nameOf(element: XmlElement | null): string {
	return element?.name ?? "the document";
}

function broken(file: SourceFile, line: number, reason: string): ImportError {
	return new ImportError(
		`${file.name}:${line}: the file is incomplete or damaged (${reason.trim()}); nothing was imported. Export it again.`,
	);
}

/** Removes the characters that XML 1.0 forbids, and byte order marks. `found` is called with the line in the text, from 0. */
function withoutForbidden(text: string, found: (line: number) => void): string {
	if (!forbidden.test(text)) return text;
	return text.replace(new RegExp(forbidden, "gu"), (character, at: number) => {
		if (character !== "\ufeff") found(countLines(text.slice(0, at)));
		return "";
	});
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ufeff]/u;

/** Reads the encoding of the XML declaration. */
async function declaredEncoding(file: SourceFile): Promise<string | null> {
	for await (const chunk of file.bytes()) {
		const head = Buffer.from(chunk.subarray(0, 200)).toString("latin1");
		return /<\?xml[^>]*\bencoding=["']([\w.-]+)["']/.exec(head)?.[1] ?? null;
	}
	return null;
}
