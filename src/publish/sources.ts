import type * as v from "valibot";
import { type Length, lengthOf } from "../posts/length.ts";
import { isRich, readMarkdown } from "../posts/markdown/document.ts";
import { plainText } from "../posts/markdown/plain-text.ts";
import { type Kept, makeEach } from "./cache.ts";
import { check } from "./check.ts";
import { isMore, openingOf } from "./excerpt.ts";
import { type Found, walk } from "./folder.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { type Problem, shownPath } from "./problems.ts";
import { findAnchors, findRefusedHtml } from "./raw-html.ts";
import { findReferences, type Reference, whyRelative } from "./references.ts";
import { findSlips } from "./slips.ts";
import { readText } from "./text-file.ts";
import { lineOf, parseYaml } from "./yaml.ts";

/** A Markdown file read and checked as far as can be done without the rest of the site. */
export type Source<Fields> = {
	/** As shown in messages. */
	file: string;
	/** Path below its folder without the ending, with forward slashes, in NFC. */
	name: string;
	/** What remains of the front matter when mistaken keys are set aside; null when too little does. */
	fields: Fields | null;
	lines: ReadonlyMap<string, number>;
	body: string;
	/** The body's first words, of which the summary is made. */
	opening: string;
	/** Whether the body says where lists may cut it. */
	more: boolean;
	/** Whether it takes more than the theme to show the body. */
	rich: boolean;
	length: Length;
	/** What its headings say, in order. */
	headings: readonly string[];
	/** Fragments that lead into the body. */
	anchors: ReadonlySet<string>;
	references: readonly Reference[];
	problems: readonly Problem[];
	warnings: readonly Problem[];
};

/** Reads every Markdown file below a folder; other files are warned about, as nothing is made of them. */
export function readSources<const S extends v.GenericSchema>(
	folder: string,
	schema: S,
	kept: Kept<Source<v.InferOutput<S>>>,
): { sources: Source<v.InferOutput<S>>[]; warnings: Problem[] } {
	const found = walk(folder).files;
	const sources = makeEach(
		kept,
		found.filter(({ name }) => isMarkdown(name)),
		(file) => readSource(file, schema),
	);
	const message = "is not a .md file and is not published; pictures and other files belong in media/.";
	const warnings = found
		.filter(({ name }) => !isMarkdown(name))
		.map(({ path }) => ({ file: shownPath(path), line: 1, message }));
	return { sources, warnings };
}

function readSource<const S extends v.GenericSchema>(found: Found, schema: S): Source<v.InferOutput<S>> {
	const file = shownPath(found.path);
	const name = found.name.replace(/\.md$/i, "");
	const reading = readText(found.path);
	const split = "text" in reading ? splitFrontMatter(reading.text) : reading;
	if ("message" in split) return { ...nothing, file, name, problems: [{ file, ...split }] };

	const written = parseYaml(split.yaml, 2);
	const { value, problems } = check(file, written, schema, { title: "Untitled" });
	const document = readMarkdown(split.body);
	const { tokens } = document;
	const references = findReferences(document, split.bodyLine);
	if (found.size > largest) {
		const message = `is ${Math.ceil(found.size / 2 ** 20)} MiB, and the platform keeps texts of up to 25 MiB; divide it into several.`;
		problems.push({ file, line: 1, message });
	}
	const warnings: Problem[] = [
		...findRefusedHtml(document, split.bodyLine),
		...findSlips(document, split.bodyLine),
	].map((mistake) => ({ file, ...mistake }));
	for (const { kind, href, line, hasAlt, html } of references) {
		const fault = whyRelative(kind, href);
		if (fault !== null) problems.push({ file, line, message: `${kind} "${href}" ${fault}` });
		if (kind === "image" && /^\/(?!\/|media\/)/.test(href)) {
			const message = `image "${href}" is not below /media/, where the blog keeps its files; move it there.`;
			warnings.push({ file, line, message });
		}
		if (kind === "image" && !html && /^(?:https?:)?\/\//i.test(href)) {
			const message = `image "${href}" is on another site, from which the pages show nothing; put a copy into media/.`;
			warnings.push({ file, line, message });
		}
		if (!hasAlt) {
			const message = `image "${href}" has no alt text; describe it between the brackets, as in ![A sleeping cat](${href}).`;
			warnings.push({ file, line, message });
		}
	}
	for (const key of ["categories", "tags"]) {
		const term = written.values?.[key];
		if (typeof term !== "string" || !/[,、]/.test(term)) continue;
		const message = `${key}: "${term}" is one name with a comma in it; if you mean several, write [${term.replaceAll("、", ", ")}].`;
		warnings.push({ file, line: lineOf(written.lines, [key]), message });
	}
	return {
		file,
		name,
		fields: value,
		lines: written.lines,
		body: split.body,
		opening: openingOf(tokens),
		more: tokens.some(isMore),
		rich: isRich(document),
		length: lengthOf(plainText(tokens.filter(({ type }) => type !== "code"))),
		headings: document.headings.map(({ text }) => text),
		anchors: findAnchors(document),
		references,
		problems,
		warnings,
	};
}

function isMarkdown(name: string): boolean {
	return /\.md$/i.test(name);
}

/** Bytes: what fits a static asset together with what is laid beside a body. */
const largest = 24 * 2 ** 20;

const nothing = {
	fields: null,
	lines: new Map<string, number>(),
	body: "",
	opening: "",
	more: false,
	rich: false,
	length: { characters: 0, words: 0 },
	headings: [],
	anchors: new Set<string>(),
	references: [],
	warnings: [],
};
