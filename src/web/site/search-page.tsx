import type { Archive } from "../../posts/archive.ts";
import type { Fragment } from "../../search/excerpt.ts";
import { maxQuery } from "../../search/query.ts";
import type { SearchFilters, SearchResult, SearchResults } from "../../search/search.ts";
import { Day } from "../ui/byline.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { LanguageMark } from "../ui/languages.tsx";
import { Layout } from "../ui/layout.tsx";
import { href, searchPath } from "../ui/links.ts";
import { Message } from "../ui/message.tsx";
import { SearchForm } from "../ui/search-form.tsx";
import { languageName } from "../ui/strings/language-names.ts";
import { fill, plural, stringsFor } from "../ui/strings/strings.ts";

type Props = {
	archive: Archive;
	query: string;
	filters: SearchFilters;
	/** Null without a query that can be searched for. */
	found: SearchResults | null;
	/** Characters of a query that is too long; null otherwise. */
	length: number | null;
	/** Returns the address of the same search with another page or other filters. */
	addressOf: (changed: { page?: number; filters?: SearchFilters }) => string;
	now: number;
};

/** Renders the search: its form, and a page of results. */
export const SearchPage = (props: Props) => {
	const { archive, query, found, length } = props;
	const lang = archive.site.language;
	const strings = stringsFor(lang);
	const title = query === "" ? strings.search : `${query} — ${strings.search}`;
	const problems = [
		...(length === null ? [] : [plural(strings.searchTooLong, length, lang, { limit: maxQuery })]),
		...(found?.unreadable ?? []).map((date) => fill(strings.searchDate, date)),
	];
	return (
		<Layout
			archive={archive}
			meta={{
				title,
				lang,
				path: searchPath,
				description: strings.searchLabel,
				noindex: true,
				searches: true,
			}}
		>
			<h1 class="list-heading">{strings.search}</h1>
			<SearchForm lang={lang} query={query} error={problems.length === 0 ? null : problems.join(" ")}>
				{query !== "" && <Filters {...props} />}
			</SearchForm>
			{found !== null && <Results {...props} found={found} />}
			<Tips lang={lang} isOpen={found !== null && found.total === 0} />
		</Layout>
	);
};

const Results = ({ archive, filters, found, addressOf }: Props & { found: SearchResults }) => {
	const lang = archive.site.language;
	const strings = stringsFor(lang);
	const { results, total, page, pages } = found;
	if (total === 0) return <NoResults lang={lang} filters={filters} addressOf={addressOf} />;
	return (
		<section aria-label={strings.searchResults}>
			<p class="byline" role="status">
				{plural(strings.resultCount, total, lang)}
				{found.isPartial && ` ${strings.searchPartial}`}
			</p>
			<ol class="results" start={(page - 1) * 10 + 1}>
				{results.map((result) => (
					<Result archive={archive} result={result} lang={lang} />
				))}
			</ol>
			{pages > 1 && (
				<nav class="paging" aria-label={strings.pagination}>
					{page > 1 && (
						<a href={addressOf({ page: page - 1 })} rel="prev nofollow">
							{strings.previousPage}
						</a>
					)}
					{page < pages && (
						<a href={addressOf({ page: page + 1 })} rel="next nofollow">
							{strings.nextPage}
						</a>
					)}
				</nav>
			)}
		</section>
	);
};

const Result = ({ archive, result, lang }: { archive: Archive; result: SearchResult; lang: string }) => {
	const { entry, title, excerpt } = result;
	const isPost = "published" in entry;
	return (
		<li {...inLanguage(entry.lang, lang)}>
			<h2>
				<a href={href(entry.path)}>
					<Marked fragments={title} />
				</a>
			</h2>
			{isPost && (
				<p class="byline">
					<Day instant={entry.published} lang={entry.lang} site={archive.site} />
					<LanguageMark post={entry} lang={lang} />
				</p>
			)}
			<p class="summary">
				<Marked fragments={excerpt} />
			</p>
		</li>
	);
};

const Marked = ({ fragments }: { fragments: readonly Fragment[] }) => (
	<>{fragments.map(({ text, isHit }) => (isHit ? <mark>{text}</mark> : text))}</>
);

/** Renders what to do when nothing was found. */
const NoResults = ({ lang, filters, addressOf }: Pick<Props, "filters" | "addressOf"> & { lang: string }) => {
	const strings = stringsFor(lang);
	const isFiltered = Object.values(filters).some((value) => value !== null);
	const unfiltered = addressOf({ page: 1, filters: { lang: null, category: null, year: null } });
	return (
		<section class="no-results">
			<p role="status">{strings.searchNone}</p>
			<ul>
				{isFiltered && (
					<li>
						<a href={unfiltered}>{strings.searchWithoutFilters}</a>
					</li>
				)}
				<li>{strings.searchTrySpelling}</li>
				<li>{strings.searchTryFewer}</li>
				<li>
					<Message
						text={strings.searchTryArchive}
						values={{ archive: <a href="/archive/">{strings.archive}</a> }}
					/>
				</li>
			</ul>
		</section>
	);
};

/** Renders the filters by language, category and year; each only where there is a choice. */
const Filters = ({ archive, filters, now }: Pick<Props, "archive" | "filters" | "now">) => {
	const lang = archive.site.language;
	const strings = stringsFor(lang);
	const categories = archive.allGroups("category").filter((group) => group.published(now).length > 0);
	return (
		<p class="filters">
			<Choice
				name="lang"
				label={strings.filterLanguage}
				all={strings.allLanguages}
				chosen={filters.lang}
				options={archive.languages(now).map((each) => [each, languageName(each)])}
			/>
			<Choice
				name="category"
				label={strings.filterCategory}
				all={strings.allCategories}
				chosen={filters.category}
				options={categories.map(({ name, slug }) => [slug, name])}
			/>
			<Choice
				name="year"
				label={strings.filterYear}
				all={strings.allYears}
				chosen={filters.year === null ? null : String(filters.year)}
				options={yearsOf(archive, now).map((year) => [String(year), String(year)])}
			/>
		</p>
	);
};

const Choice = (props: {
	name: string;
	label: string;
	all: string;
	chosen: string | null;
	options: readonly (readonly [value: string, text: string])[];
}) => {
	const { name, label, all, chosen, options } = props;
	if (options.length < 2) return null;
	return (
		<select name={name} aria-label={label}>
			<option value="">{all}</option>
			{options.map(([value, text]) => (
				<option value={value} selected={value === chosen}>
					{text}
				</option>
			))}
		</select>
	);
};

/** Returns the years with posts, the newest first. */
function yearsOf(archive: Archive, now: number): number[] {
	const posts = archive.published(now);
	const [newest, oldest] = [posts[0]?.day.year ?? 0, posts.at(-1)?.day.year ?? 1];
	return Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, at) => newest - at).filter(
		(year) => archive.byDate(year, null, now).length > 0,
	);
}

/** Renders how a search is written. */
const Tips = ({ lang, isOpen }: { lang: string; isOpen: boolean }) => {
	const strings = stringsFor(lang);
	const tips = [
		['"…"', strings.tipPhrase],
		["-…", strings.tipWithout],
		["… OR …", strings.tipOr],
		["tag:…", strings.tipTag],
		["category:…", strings.tipCategory],
		["author:…", strings.tipAuthor],
		["after:2024-05", strings.tipAfter],
		["before:2024", strings.tipBefore],
	];
	return (
		<details class="tips" open={isOpen}>
			<summary>{strings.searchTips}</summary>
			<dl>
				{tips.map(([example, meaning]) => (
					<>
						<dt>
							<code>{example}</code>
						</dt>
						<dd>{meaning}</dd>
					</>
				))}
			</dl>
			<p class="hint">{strings.searchScope}</p>
		</details>
	);
};
