import type { Archive } from "../posts/archive.ts";
import { slugifyTerm } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import { type Fragment, hasQuotation, makeExcerpt, markHits } from "./excerpt.ts";
import { fold } from "./fold.ts";
import { type IndexReader, type IndexShape, lookUp } from "./lookup.ts";
import { type Phrase, parseQuery, type Query, type TermFilter } from "./query.ts";
import { type Match, matchEntries, sortMatches } from "./ranking.ts";
import { createSuggest } from "./suggest.ts";
import { readText, textsPerChunk } from "./texts.ts";
import { type UnitPhrase, unitsOf } from "./units.ts";

/** Restrictions beside the query: a language (BCP 47), a category's slug and a year; null for all. */
export type SearchFilters = { lang: string | null; category: string | null; year: number | null };

/** One result: a post or page, its title, and an excerpt of its text, with what was searched for marked. */
export type SearchResult = { entry: Post | Page; title: readonly Fragment[]; excerpt: readonly Fragment[] };

/** One page of results. */
export type SearchResults = {
	results: readonly SearchResult[];
	/** Number of results on all pages. */
	total: number;
	page: number;
	pages: number;
	/** Whether no entry has all that was searched for, and these have some of it. */
	isPartial: boolean;
	/** Dates in the query that cannot be read. */
	unreadable: Query["unreadable"];
};

/** Searches the posts and pages that are public at an instant (epoch milliseconds). */
export type Search = {
	search(query: string, filters: SearchFilters, page: number, now: number): Promise<SearchResults>;
	/** Suggests posts by what is typed of their titles. */
	suggest(typed: string, now: number): readonly Post[];
};

export const resultsPerPage = 10;

/** Groups of a query that count; nobody means more. */
const maxGroups = 16;

/** Best entries in whose texts a quotation is looked for. */
const maxChecked = 30;

/** Best entries whose titles are compared with the query. */
const maxTitles = 100;

/**
 * Opens the search. The index numbers the pages and then the posts from the oldest, so that those not yet published are the
 * last: their postings are not read, and nothing counts or finds them.
 */
export function openSearch(archive: Archive, index: IndexShape, reader: IndexReader): Search {
	const pages = archive.pages.filter((page) => !page.unlisted);
	return {
		suggest: createSuggest(archive),

		async search(typed, filters, page, now) {
			const query = parseQuery(typed);
			const groups = query.groups.slice(0, maxGroups).flatMap((group) => {
				const phrases = group.flatMap(toUnits);
				return phrases.length === 0 ? [] : [phrases];
			});
			const excluded = query.excluded.flatMap(toUnits);
			const posts = archive.published(now);
			const end = pages.length + posts.length;
			const entryOf = (entry: number) =>
				entry < pages.length ? pages[entry] : posts[posts.length - 1 - (entry - pages.length)];
			const isWanted = wantedBy(archive, query, filters, now);
			const wanted = ({ entry }: Match) => {
				const found = entryOf(entry);
				return found !== undefined && isWanted(found);
			};

			const phrases = groups.flat();
			const found = await lookUp(
				phrases.flatMap((phrase) => phrase.units),
				excluded.flatMap((phrase) => phrase.units),
				index,
				reader,
				end,
			);
			const all =
				groups.length === 0 && query.groups.length === 0 && hasFilters(query)
					? { matches: everyPost(pages.length, end), isPartial: false }
					: matchEntries(groups, excluded, found, end);
			const matches = sortMatches(all.matches.filter(wanted));
			const most = matches[0]?.groups ?? 0;
			const best = matches.filter((match) => match.groups === most);
			const ranked = await check(
				preferTitles(best, groups, (entry) => entryOf(entry)?.title ?? ""),
				groups,
				excluded,
				reader,
			);
			const first = (page - 1) * resultsPerPage;
			const shown = ranked.slice(first, first + resultsPerPage);
			const results = await Promise.all(
				shown.flatMap((match) => {
					const entry = entryOf(match.entry);
					return entry === undefined ? [] : [resultOf(entry, match, phrases, reader)];
				}),
			);
			return {
				results: preferCloseness(results),
				total: ranked.length,
				page,
				pages: Math.max(1, Math.ceil(ranked.length / resultsPerPage)),
				isPartial: ranked.length > 0 && (all.isPartial || (groups.length > 1 && most < groups.length)),
				unreadable: query.unreadable,
			};
		},
	};
}

function toUnits(phrase: Phrase): UnitPhrase[] {
	const units = unitsOf(phrase);
	return units.length === 0 ? [] : [{ units, text: fold(phrase.text), quoted: phrase.quoted }];
}

function hasFilters({ terms, after, before }: Query): boolean {
	return terms.length > 0 || after !== null || before !== null;
}

/** Matches every post alike, so that the newest comes first. */
function everyPost(start: number, end: number): Match[] {
	return Array.from({ length: end - start }, (_, at) => ({
		entry: start + at,
		score: 0,
		misspelt: 0,
		groups: 0,
	}));
}

/** Returns whether an entry is within the limits of a query and the filters beside it. A page has no date and no terms. */
function wantedBy(
	archive: Archive,
	{ terms, after, before }: Query,
	{ lang, category, year }: SearchFilters,
	now: number,
): (entry: Post | Page) => boolean {
	const all: TermFilter[] =
		category === null ? terms : [...terms, { by: "category", name: category, excluded: false }];
	const lists = all.map(({ by, name, excluded }) => ({
		posts: new Set<Post | Page>(
			(archive.listing(by, name, now) ?? archive.listing(by, slugifyTerm(name), now))?.posts,
		),
		excluded,
	}));
	const isDated = after !== null || before !== null || year !== null;
	return (entry) => {
		if (lang !== null && entry.lang !== lang) return false;
		if (lists.some(({ posts, excluded }) => posts.has(entry) === excluded)) return false;
		if (!isDated) return true;
		if (!("day" in entry)) return false;
		const { day } = entry;
		const date = day.year * 10_000 + day.month * 100 + day.day;
		return (
			(after === null || date >= after) &&
			(before === null || date < before) &&
			(year === null || day.year === year)
		);
	};
}

/** Raises the entries whose titles have phrases of the query as they are, and most of all those whose title is one. */
function preferTitles(
	matches: readonly Match[],
	groups: readonly (readonly UnitPhrase[])[],
	titleOf: (entry: number) => string,
): Match[] {
	const phrases = groups.flat();
	const whole = groups.map(([phrase]) => phrase?.text ?? "").join(" ");
	const raised = matches.slice(0, maxTitles).map((match) => {
		const title = fold(titleOf(match.entry));
		const here = phrases.filter(({ text }) => title.includes(text)).length / phrases.length;
		return { ...match, score: match.score * (1 + here / 2) * (title.includes(whole) ? 1.5 : 1) };
	});
	return [...sortMatches(raised), ...matches.slice(maxTitles)];
}

/** Keeps the entries that have every quotation, and none that is excluded: of the best ones, whose texts are read. */
async function check(
	matches: readonly Match[],
	groups: readonly (readonly UnitPhrase[])[],
	excluded: readonly UnitPhrase[],
	reader: IndexReader,
): Promise<readonly Match[]> {
	const isQuotation = ({ quoted, units }: UnitPhrase) =>
		quoted && (units.length > 1 || units.some(({ stems, text }) => stems.length === 0 && text.length > 2));
	const quoting = groups.filter((phrases) => phrases.every(isQuotation));
	const unwanted = excluded.filter(isQuotation);
	if (quoting.length === 0 && unwanted.length === 0) return matches;
	const kept = await Promise.all(
		matches.slice(0, maxChecked).map(async (match) => {
			const text = await textOf(match.entry, reader);
			return (
				quoting.every((phrases) => phrases.some((phrase) => hasQuotation(text, phrase))) &&
				!unwanted.some((phrase) => hasQuotation(text, phrase))
			);
		}),
	);
	return matches.slice(0, maxChecked).filter((_, at) => kept[at]);
}

async function textOf(entry: number, reader: IndexReader): Promise<string> {
	return readText(await reader.texts(Math.floor(entry / textsPerChunk)), entry);
}

type RankedResult = SearchResult & { match: Match };

/** Factors of the score for words that are apart, near each other, and side by side. */
const closenessWeights = [1, 1.2, 1.6] as const;

/** Orders the results of a page by how near each other the words are, too: only their texts are read. */
function preferCloseness(results: readonly RankedResult[]): SearchResult[] {
	const order = new Map(sortMatches(results.map(({ match }) => match)).map(({ entry }, at) => [entry, at]));
	return results
		.toSorted((a, b) => (order.get(a.match.entry) ?? 0) - (order.get(b.match.entry) ?? 0))
		.map(({ match: _, ...result }) => result);
}

async function resultOf(
	entry: Post | Page,
	match: Match,
	phrases: readonly UnitPhrase[],
	reader: IndexReader,
): Promise<RankedResult> {
	const text = await textOf(match.entry, reader);
	// The title and names are searched with the text, and are its first lines.
	const body = text.slice(text.indexOf("\n\n") + 2);
	const found = makeExcerpt(body, phrases);
	return {
		entry,
		title: markHits(entry.title, phrases),
		excerpt: found?.fragments ?? markHits(entry.summary, phrases),
		match: { ...match, score: match.score * closenessWeights[found?.closeness ?? 0] },
	};
}
