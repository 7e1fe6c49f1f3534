/** A word or a quoted phrase as it was typed (NFKC). */
export type Phrase = { text: string; quoted: boolean };

/** A restriction to the posts of a tag, category or author, or to all others. */
export type TermFilter = { by: "tag" | "category" | "author"; name: string; excluded: boolean };

/** A parsed query. */
export type Query = {
	/** A result has one phrase of each group; several are written with `OR`. */
	groups: Phrase[][];
	/** A result has none of these. */
	excluded: Phrase[];
	terms: TermFilter[];
	/** First day, and the day after the last, as numbers such as 20240501; null without such a limit. */
	after: number | null;
	before: number | null;
	/** Dates that cannot be read, as typed. */
	unreadable: { key: "after" | "before"; value: string }[];
};

/** Most characters of a query. */
export const maxQuery = 200;

/** One part of a query: a sign, a key, and a quotation or a word. */
const part = /(-?)(?:(tag|category|author|before|after):)?(?:"([^"]*)"?|([^\s"]+))/gi;

/**
 * Parses a query: words, "phrases", `-words`, `OR`, `tag:`, `category:`, `author:`, `before:` and `after:`. Everything else
 * is words, so that no query is an error. Full-width signs and spaces mean the same.
 */
export function parseQuery(typed: string): Query {
	const query: Query = { groups: [], excluded: [], terms: [], after: null, before: null, unreadable: [] };
	const text = typed
		.normalize("NFKC")
		.replace(/[“”„‟〝〞〟]/g, '"')
		.replace(/(?<=^|\s)[−‐–—](?=\S)/g, "-");
	let alternative = false;
	for (const [, sign, key = "", quotation, word = ""] of text.matchAll(part)) {
		const value = quotation ?? word;
		const excluded = sign === "-";
		if (key === "" && quotation === undefined && !excluded && (word === "OR" || word === "|")) {
			alternative = query.groups.length > 0;
			continue;
		}
		const name = key.toLowerCase();
		if (name === "after" || name === "before") addDate(query, name, value);
		else if (name === "tag" || name === "category" || name === "author")
			query.terms.push({ by: name, name: value, excluded });
		else {
			const phrase = { text: value, quoted: quotation !== undefined };
			const last = query.groups.at(-1);
			if (excluded) query.excluded.push(phrase);
			else if (alternative && last !== undefined) last.push(phrase);
			else query.groups.push([phrase]);
		}
		alternative = false;
	}
	return query;
}

/** Adds a limit: a year, a month or a day. Of several, the narrowest counts. */
function addDate(query: Query, key: "after" | "before", value: string): void {
	const [, year, month = "0", day = "0"] =
		/^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(value) ?? [];
	if (year === undefined || Number(month) > 12 || Number(day) > 31) {
		query.unreadable.push({ key, value });
		return;
	}
	const date = Number(year) * 10_000 + Number(month) * 100 + Number(day);
	if (key === "after") query.after = Math.max(query.after ?? 0, date);
	else query.before = Math.min(query.before ?? date, date);
}
