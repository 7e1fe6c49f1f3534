import { createHash } from "node:crypto";
import { hostOf } from "../addresses.ts";
import { ImportError } from "../error.ts";
import { type Line, readLines } from "../input/lines.ts";
import type { SourceFile } from "../input/source-file.ts";
import { plainTextOf } from "../plain-text.ts";
import type { Format } from "../reader.ts";
import type {
	CommentRecord,
	EntryRecord,
	EntryState,
	Remark,
	SiteRecord,
	SourceText,
	Time,
} from "../record.ts";

/**
 * Movable Type's text, which Hatena, FC2, Livedoor, Seesaa, goo and Typepad write, too. Specified by lib/MT/ImportExport.pm;
 * other writers do not escape separators within texts, so a separator counts only where the next line confirms it.
 */
export const movableType: Format = {
	name: "movable-type",
	title: "Movable Type text (Hatena, FC2, Livedoor, Seesaa, goo, Typepad)",
	detect: ({ text }) =>
		fieldLine.test(text.replace(/^\ufeff?\s*/, "").split(/[\r\n]/, 1)[0] ?? "") &&
		/(?:[\r\n]-----[ \t]*[\r\n]+|[\r\n]START )BODY:/.test(text),
	async *read(file, { address }) {
		let site: SiteRecord | null = null;
		let isHatena = false;
		const seen = new Map<string, string>();
		for await (const block of readBlocks(file)) {
			if ("message" in block) {
				yield { kind: "remark", ...block };
				continue;
			}
			if (site === null) {
				isHatena = comesFromHatena(block, address);
				site = siteOf(block, address, isHatena);
				yield site;
			}
			const id = idOf(block, seen);
			if (field(block, "NO ENTRY") !== "1") {
				const entry = entryOf(block, id, isHatena, address);
				if (entry.published === null) {
					const message = `"${entry.title}" has no date that can be read (${field(block, "DATE") || "none"}); it gets today's.`;
					yield { kind: "remark", line: block.line, message };
				}
				yield entry;
			}
			for (const section of block.sections) {
				if (section.name === "COMMENT" || section.name === "PING") yield replyOf(section, id);
			}
		}
	},
};

type Section = { name: string; line: number; text: string[] };

/** An entry as it is in the file. */
type Block = { line: number; fields: (readonly [key: string, value: string])[]; sections: Section[] };

const fieldLine =
	/^(AUTHOR|AUTHOR EMAIL|TITLE|BASENAME|UNIQUE URL|STATUS|ALLOW COMMENTS|ALLOW PINGS|CONVERT BREAKS|PRIMARY CATEGORY|CATEGORY|DATE|TAGS|IMAGE|NO ENTRY):/;
const sectionLine = /^(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):[ \t]*$/;

/** Splits a file into entries. A line like a separator, after which nothing follows that a separator is before, is text. */
async function* readBlocks(file: SourceFile): AsyncGenerator<Block | { line: number; message: string }> {
	let block: Block | null = null;
	let section: Section | null = null;
	/** Separators, and empty lines after them, until the next line tells what they are. */
	let held: string[] = [];
	let mark: "section" | "entry" | null = null;
	/** Whether all that comes before a mark of an entry's end has ended. */
	let isClosed = false;
	let last = 0;
	const settle = (isSeparator: boolean) => {
		if (!isSeparator) section?.text.push(...held);
		held = [];
		mark = null;
	};
	/** Whether a line confirms the separators before it. */
	const confirms = (text: string) => {
		if (mark === "section") return sectionLine.test(text);
		return isClosed ? fieldLine.test(text) : /^(?:AUTHOR|TITLE):/.test(text);
	};
	for await (const { number, text } of readLines(file)) {
		last = number;
		const bare = text.trimEnd();
		if (mark !== null && bare === "") {
			held.push(text);
			continue;
		}
		if (mark === "section" && bare === "--------") {
			mark = "entry";
			isClosed = true;
			held.push(text);
			continue;
		}
		if (mark !== null) {
			const isEntryEnd = mark === "entry" && confirms(text);
			const isSectionEnd = mark === "section" && confirms(text);
			settle(isEntryEnd || isSectionEnd);
			if (isEntryEnd && block !== null) {
				yield block;
				block = null;
				section = null;
			}
			if (isSectionEnd && block !== null) {
				section = { name: sectionLine.exec(text)?.[1] ?? "", line: number, text: [] };
				block.sections.push(section);
				continue;
			}
		}
		if (/^-----(?:---)? *$/.test(text) && block !== null) {
			mark = bare === "-----" ? "section" : "entry";
			isClosed = section === null;
			held = [text];
		} else if (section !== null) section.text.push(/^-----(?:---)?\t$/.test(text) ? bare : text);
		else if (bare !== "") {
			block ??= { line: number, fields: [], sections: [] };
			const old = /^START ((?:EXTENDED )?BODY):[ \t]*(.*)$/.exec(text);
			if (old !== null) {
				// Before 2.0 the text followed the fields without a separator.
				section = { name: old[1] ?? "", line: number, text: old[2] === "" ? [] : [old[2] ?? ""] };
				block.sections.push(section);
			} else yield* readField(block, { number, text });
		}
	}
	if (block === null) return;
	if (mark !== "entry") {
		throw new ImportError(
			`${file.name}:${last}: the file ends within an entry, so it is incomplete; export it again. (A whole one ends with a line of eight hyphens.)`,
		);
	}
	yield block;
}

function* readField(block: Block, { number, text }: Line): Generator<{ line: number; message: string }> {
	const match = /^\ufeff?([A-Z][A-Z \d_-]*):[ \t]*(.*)$/.exec(text);
	if (match === null)
		yield { line: number, message: "a line among the fields of an entry is no field; left out." };
	else block.fields.push([match[1] ?? "", (match[2] ?? "").trim()]);
}

function field({ fields }: Pick<Block, "fields">, key: string): string {
	return fields.find(([name]) => name === key)?.[1] ?? "";
}

function sectionText({ sections }: Block, name: string): string {
	return trimLines(sections.find((section) => section.name === name)?.text ?? []);
}

function trimLines(lines: readonly string[]): string {
	return lines.join("\n").replace(/^\s*\n|\s+$/g, "");
}

const japaneseHosts =
	/(?:^|\.)(?:hatenablog\.(?:com|jp)|hateblo\.jp|hatenadiary\.(?:com|jp|org)|fc2\.com|livedoor\.(?:jp|com|blog|biz)|blog\.jp|seesaa\.net|goo\.ne\.jp|cocolog-nifty\.com)$/;
const hatenaHosts = /(?:^|\.)(?:hatenablog\.(?:com|jp)|hateblo\.jp|hatenadiary\.(?:com|jp|org))$/;

function comesFromHatena(block: Block, address: string | null): boolean {
	return (
		hatenaHosts.test(hostOf(address)) ||
		/^\d{4}\/\d\d\/\d\d\//.test(field(block, "BASENAME")) ||
		/\/\/d\.hatena\.ne\.jp\/keyword\//.test(sectionText(block, "BODY"))
	);
}

function siteOf(block: Block, address: string | null, isHatena: boolean): SiteRecord {
	const own = URL.parse(field(block, "UNIQUE URL"))?.origin ?? null;
	const isJapanese = isHatena || japaneseHosts.test(hostOf(address ?? own));
	return {
		kind: "site",
		id: "site",
		// The file does not name the blog; dates in the ids keep blogs apart.
		source: "movable-type",
		title: "",
		address: address ?? own,
		timezone: isJapanese ? "Asia/Tokyo" : null,
	};
}

/** Returns the key of an entry, which has no id: its date with basename or title. */
function idOf(block: Block, seen: Map<string, string>): string {
	const name = field(block, "BASENAME") || digest(field(block, "TITLE"));
	const time = timeOf(field(block, "DATE"));
	const id = time === null || !("local" in time) ? name : `${time.local}/${name}`;
	if (field(block, "NO ENTRY") === "1") return id;
	const text = digest(block.sections.flatMap(({ text: lines }) => lines).join("\n"));
	for (let next = 1; ; next++) {
		const candidate = next === 1 ? id : `${id}~${next}`;
		const known = seen.get(candidate);
		seen.set(candidate, known ?? text);
		if (known === undefined || known === text) return candidate;
	}
}

function digest(...parts: readonly string[]): string {
	return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 20);
}

const states: Record<string, EntryState> = {
	publish: "public",
	future: "scheduled",
	draft: "draft",
	review: "pending",
	unpublish: "private",
};

function entryOf(block: Block, id: string, isHatena: boolean, address: string | null): EntryRecord {
	const basename = field(block, "BASENAME");
	const published = timeOf(field(block, "DATE"));
	const filter = field(block, "CONVERT BREAKS").toLowerCase();
	const categories = block.fields
		.filter(([key]) => key === "PRIMARY CATEGORY" || key === "CATEGORY")
		.map(([, value]) => plainTextOf(value));
	const keywords = plainTextOf(sectionText(block, "KEYWORDS"));
	const image = field(block, "IMAGE");
	return {
		kind: "post",
		id,
		title: plainTextOf(field(block, "TITLE")),
		slug: /^\d*$/.test(basename.split("/").at(-1) ?? "") ? null : (basename.split("/").at(-1) ?? null),
		addresses: addressesOf(block, published, isHatena, address ?? ""),
		number: null,
		guid: null,
		state: states[field(block, "STATUS").toLowerCase()] ?? "unknown",
		published,
		updated: null,
		authors: [field(block, "AUTHOR")].filter((name) => name !== ""),
		text: textOf(sectionText(block, "BODY"), sectionText(block, "EXTENDED BODY"), filter, isHatena),
		excerpt: sectionText(block, "EXCERPT"),
		categories: [...new Set(categories.filter((name) => name !== ""))],
		tags: splitTags(field(block, "TAGS")),
		comments: field(block, "ALLOW COMMENTS") === "1" ? "open" : "closed",
		image: image === "" ? null : { address: image },
		lang: null,
		series: null,
		pinned: false,
		unsupported: [
			...(keywords === "" ? [] : [`keywords: ${keywords}`]),
			...(filter.startsWith("textile") ? [`text filter: ${filter}`] : []),
		],
		line: block.line,
	};
}

/** Returns old addresses: the file's own, Hatena's, or those of Movable Type's default archives. */
function addressesOf(block: Block, published: Time | null, isHatena: boolean, home: string): string[] {
	const own = field(block, "UNIQUE URL");
	const basename = field(block, "BASENAME");
	if (own !== "") return [own];
	if (basename === "") return [];
	if (isHatena) return [`${home}/entry/${basename}`];
	if (
		published === null ||
		!("local" in published) ||
		basename.includes("/") ||
		japaneseHosts.test(hostOf(home))
	)
		return [];
	const month = published.local.slice(0, 7).replace("-", "/");
	return [...new Set([basename.replaceAll("_", "-"), basename])].map(
		(name) => `${home}/${month}/${name}.html`,
	);
}

function textOf(body: string, extended: string, filter: string, isHatena: boolean): SourceText {
	const text = extended === "" ? body : `${body}\n\n<!--more-->\n\n${extended}`;
	if ((isHatena && filter === "") || /^(?:0|richtext|wysiwyg|blocks?)$/.test(filter))
		return { format: "html", text };
	if (filter.startsWith("markdown")) return { format: "markdown", text };
	const hasParagraphs = /<(?:p|br|div)\b/i.test(body);
	return { format: filter === "" && hasParagraphs ? "html" : "breaks", text };
}

/** Splits tags at commas outside of quotes. */
function splitTags(tags: string): string[] {
	return (tags.match(/"[^"]*"|'[^']*'|[^,]+/g) ?? [])
		.map((tag) => plainTextOf(tag.trim().replace(/^(["'])(.*)\1$/, "$2")))
		.filter((tag) => tag !== "");
}

/** Reads `MM/DD/YYYY hh:mm:ss`, with AM or PM or, which then do not matter, hours up to 23. */
function timeOf(date: string): Time | null {
	const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2,4}),? (\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([AP])M)?$/i.exec(
		date,
	);
	const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(date);
	if (iso !== null) return localTime(iso.slice(1).map((part) => Number(part ?? 0)));
	if (american === null) return null;
	const [month, day, year, hour, minute, second] = american.slice(1, 7).map((part) => Number(part ?? 0));
	const half = american[7]?.toUpperCase();
	const hours = half === "A" && hour === 12 ? 0 : half === "P" && (hour ?? 0) < 12 ? (hour ?? 0) + 12 : hour;
	return localTime([fullYear(year ?? 0), month ?? 0, day ?? 0, hours ?? 0, minute ?? 0, second ?? 0]);
}

function localTime([year = 0, ...rest]: readonly number[]): Time {
	const [month, day, hour, minute, second] = rest.map((part) => String(part).padStart(2, "0"));
	return { local: `${String(year).padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}` };
}

/** Completes a year of two or three digits; no blog is older than 1970. */
function fullYear(year: number): number {
	return year >= 1000 ? year : year >= 70 ? year + 1900 : year + 2000;
}

const replyFields = new Set(["AUTHOR", "EMAIL", "URL", "IP", "DATE", "TITLE", "BLOG NAME"]);

/** Reads a comment or trackback: fields, each once, then its text from the first line that is none. */
function replyOf({ name: section, line, text: lines }: Section, entry: string): CommentRecord | Remark {
	const fields: [string, string][] = [];
	let at = 0;
	for (; at < lines.length; at++) {
		const match = /^([A-Z][A-Z ]*):[ \t]*(.*)$/.exec(lines[at] ?? "");
		const key = match?.[1] ?? "";
		const isTitle = key === "TITLE" || key === "BLOG NAME";
		if (match === null || !replyFields.has(key) || (isTitle && section === "COMMENT")) break;
		if (fields.some(([known]) => known === key)) break;
		fields.push([key, (match[2] ?? "").trim()]);
	}
	const reply = { fields };
	const text = trimLines(lines.slice(at));
	const isPing = section === "PING";
	const title = field(reply, "TITLE");
	const name = plainTextOf(field(reply, isPing ? "BLOG NAME" : "AUTHOR"));
	const date = field(reply, "DATE");
	return {
		kind: "comment",
		type: isPing ? "trackback" : "comment",
		id: digest(entry, date, name, title, text),
		entry: { id: entry },
		parent: null,
		state: "published",
		name: name === "" && isPing ? title : name,
		email: field(reply, "EMAIL") || null,
		website: field(reply, "URL") || null,
		text: { format: "breaks", text: title === "" ? text : `${title}\n${text}` },
		created: timeOf(date),
		byAuthor: false,
		keepsNumber: false,
		line,
	};
}
