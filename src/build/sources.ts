import { join, posix } from "node:path";
import type * as v from "valibot";
import type { Length } from "../posts/length.ts";
import { isMoreTag } from "../posts/markdown/balance-html.ts";
import { isRich, readMarkdown } from "../posts/markdown/document.ts";
import { plainText } from "../posts/markdown/plain-text.ts";
import type { Site } from "../posts/site.ts";
import { type Script, scriptShares } from "../text/scripts.ts";
import { allEmoji, findEmoji } from "./emoji.ts";
import { extractOpening } from "./excerpt.ts";
import { type FileCache, mapFiles } from "./file-cache.ts";
import { type FoundFile, walk } from "./folder.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { lintMarkdown } from "./lint.ts";
import { lintCharacters } from "./lint-characters.ts";
import { lintHtml } from "./lint-html.ts";
import { renderFormulas } from "./mathml.ts";
import { measureLength } from "./measure-length.ts";
import { displayPath, type Problem } from "./problems.ts";
import type { BuildProgress } from "./progress.ts";
import { findAnchors, findBlockedHtml, findHtml } from "./raw-html.ts";
import { findReferences, type Reference } from "./references.ts";
import { readTextFile } from "./text-file.ts";
import { validate } from "./validate.ts";
import { lineOf, parseYaml } from "./yaml.ts";

/** A parsed Markdown file, validated as far as possible without the rest of the site. */
export type Source<Fields> = {
	/** Path as displayed in messages. */
	file: string;
	/** Path relative to its folder without extension, with forward slashes, in NFC. */
	name: string;
	/** Its folder below the content folder, such as `posts/2024`, from which relative addresses start. */
	folder: string;
	/** Front matter without invalid keys; null if a required key is missing or invalid. */
	fields: Fields | null;
	lines: ReadonlyMap<string, number>;
	body: string;
	/** The beginning of the body, from which the excerpt is made. */
	opening: string;
	/** Whether the body has a `<!--more-->` tag. */
	more: boolean;
	/** Whether the body needs `prose.css`. */
	rich: boolean;
	length: Length;
	/** The text that a search looks into: with code, footnotes and the descriptions of images. */
	text: string;
	/** The scripts in which the body has at least a sentence. */
	scripts: readonly Script[];
	/** Texts of the headings, in order. */
	headings: readonly string[];
	/** Valid fragments of the body. */
	anchors: ReadonlySet<string>;
	references: readonly Reference[];
	/** Pieces of raw HTML. */
	html: readonly string[];
	/** MathML of its formulas, by their keys. */
	formulas: Readonly<Record<string, string>>;
	/** The emoji it names as `:name:`, if the site has them. */
	emoji: Readonly<Record<string, string>>;
	problems: readonly Problem[];
	warnings: readonly Problem[];
};

/** Reads every Markdown file below a folder of the content folder; `others` are the other files, named from there. */
export function readSources<const S extends v.GenericSchema>(
	contentDir: string,
	folder: "posts" | "pages",
	schema: S,
	cache: FileCache<Source<v.InferOutput<S>>>,
	site: Pick<Site, "language" | "markdown">,
	progress: BuildProgress = () => {},
): { sources: Source<v.InferOutput<S>>[]; others: FoundFile[] } {
	const found = walk(join(contentDir, folder)).files;
	const settings = JSON.stringify([site.language, site.markdown]);
	const sources = mapFiles(
		cache,
		found
			.filter(({ name }) => isMarkdown(name))
			.map((file) => ({ ...file, stamp: `${file.stamp} ${settings}` })),
		(file) => readSource(file, folder, schema, site),
		(done, of) => progress("Reading", done, of),
	);
	const others = found
		.filter(({ name }) => !isMarkdown(name))
		.map((file) => ({ ...file, name: `${folder}/${file.name}` }));
	return { sources, others };
}

function readSource<const S extends v.GenericSchema>(
	found: FoundFile,
	root: string,
	schema: S,
	{ language, markdown }: Pick<Site, "language" | "markdown">,
): Source<v.InferOutput<S>> {
	const file = displayPath(found.path);
	const name = found.name.replace(/\.md$/i, "");
	const folder = posix.dirname(`${root}/${name}`);
	const result = readTextFile(found.path);
	const split = "text" in result ? splitFrontMatter(result.text) : result;
	if ("message" in split) return { ...emptySource, file, name, folder, problems: [{ file, ...split }] };

	const yaml = parseYaml(split.yaml, 2);
	const { value, problems } = validate(file, yaml, schema, { title: "Untitled" });
	const lang = typeof yaml.values?.lang === "string" ? yaml.values.lang : language;
	const document = readMarkdown(split.body, {
		math: markdown.math,
		typography: markdown.typography ? lang : null,
		emoji: markdown.emoji ? allEmoji : {},
	});
	const { tokens } = document;
	const text = plainText(tokens.filter(({ type }) => type !== "code"));
	const references = findReferences(document, split.bodyLine);
	if (found.size > maxFileSize) {
		const message = `is ${Math.ceil(found.size / 2 ** 20)} MiB; the limit is 5 MiB per file. Split it into several.`;
		problems.push({ file, line: 1, message });
	}
	const formulas = renderFormulas(tokens);
	const warnings: Problem[] = [
		...findBlockedHtml(document, split.bodyLine),
		...lintMarkdown(document, split.bodyLine, markdown, formulas),
		...lintHtml(document, split.bodyLine),
		...yaml.warnings,
		...lintCharacters(split.body, split.bodyLine),
	].map((error) => ({ file, ...error }));
	for (const { kind, href, line, hasAlt, inHtml } of references) {
		if (kind === "image" && /^\/(?!\/|media\/)/.test(href)) {
			const message = `image "${href}" is not below /media/; move the file to media/.`;
			warnings.push({ file, line, message });
		}
		if (kind === "image" && !inHtml && /^(?:https?:)?\/\//i.test(href)) {
			const message = `image "${href}" is on another site and will not be shown; copy it to media/.`;
			warnings.push({ file, line, message });
		}
		if (!hasAlt) {
			const message = `image "${href}" has no alt text; describe it between the brackets, as in ![A sleeping cat](${href}).`;
			warnings.push({ file, line, message });
		}
	}
	for (const key of ["categories", "tags"]) {
		const term = yaml.values?.[key];
		if (typeof term !== "string" || !/[,、]/.test(term)) continue;
		const message = `${key}: "${term}" is a single name with a comma; for several names, write [${term.replaceAll("、", ", ")}].`;
		warnings.push({ file, line: lineOf(yaml.lines, [key]), message });
	}
	return {
		file,
		name,
		folder,
		fields: value,
		lines: yaml.lines,
		body: split.body,
		opening: extractOpening(tokens),
		more: tokens.some(isMoreTag),
		rich: isRich(document),
		length: measureLength(text),
		text: plainText(
			tokens.map((token) => (token.type === "footnote" ? { ...token, type: "blockquote" } : token)),
			{ images: true },
		),
		scripts: scriptShares(text)
			.filter(({ letters }) => letters >= sentenceLetters)
			.map(({ script }) => script),
		headings: document.headings.map(({ text }) => text),
		anchors: findAnchors(document),
		references,
		html: findHtml(document),
		emoji: markdown.emoji ? findEmoji(document) : {},
		formulas,
		problems,
		warnings,
	};
}

function isMarkdown(name: string): boolean {
	return /\.md$/i.test(name);
}

/** Fewest letters of a sentence: a single foreign word does not make a blog bilingual. */
const sentenceLetters = 20;

/** Bytes: fits a static asset of 25 MiB together with its HTML, which may be three times as long. */
const maxFileSize = 5 * 2 ** 20;

const emptySource = {
	fields: null,
	lines: new Map<string, number>(),
	body: "",
	opening: "",
	more: false,
	rich: false,
	length: { characters: 0, words: 0 },
	text: "",
	scripts: [],
	headings: [],
	anchors: new Set<string>(),
	references: [],
	html: [],
	emoji: {},
	formulas: {},
	warnings: [],
};
