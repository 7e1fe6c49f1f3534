import { create, insertMultiple, search } from "@orama/orama";
import MiniSearch from "minisearch";
import { fold } from "../../src/search/fold.ts";
import type { TestPost } from "./search.ts";

/** Finds the slugs of posts for a query, the best first. */
export type FindSlugs = (query: string) => Promise<string[]>;

const segmenter = new Intl.Segmenter("ja", { granularity: "word" });

/** Splits a text into words; both libraries are given this tokenizer, since their own know no Japanese. */
export function segmentWords(text: string): string[] {
	return Array.from(segmenter.segment(fold(text)))
		.filter(({ isWordLike }) => isWordLike)
		.map(({ segment }) => segment);
}

type Row = { id: string; title: string; names: string; text: string };

function rowsOf(posts: readonly TestPost[]): Row[] {
	return posts.map(({ slug = "", title = "", text = "", tags = [], categories = [], authors = [] }) => ({
		id: slug,
		title,
		names: [...tags, ...categories, ...authors].map(({ name }) => name).join(" "),
		text,
	}));
}

/** Opens the posts in MiniSearch, which holds all of its index in memory. */
export function openMiniSearch(posts: readonly TestPost[]): FindSlugs {
	const index = new MiniSearch<Row>({
		fields: ["title", "names", "text"],
		tokenize: segmentWords,
		searchOptions: {
			boost: { title: 3, names: 2 },
			fuzzy: (term) => (term.length > 4 ? 1 : false),
			combineWith: "AND",
		},
	});
	index.addAll(rowsOf(posts));
	return async (query) => {
		const all = index.search(query);
		const found = all.length > 0 ? all : index.search(query, { combineWith: "OR" });
		return found.map(({ id }) => String(id));
	};
}

/** Opens the posts in Orama, which holds all of its index in memory. */
export async function openOrama(posts: readonly TestPost[]): Promise<FindSlugs> {
	const index = create({
		schema: { id: "string", title: "string", names: "string", text: "string" } as const,
		components: {
			tokenizer: { language: "english", normalizationCache: new Map(), tokenize: segmentWords },
		},
	});
	await insertMultiple(index, rowsOf(posts));
	return async (query) => {
		const { hits } = await search(index, {
			term: query,
			properties: ["title", "names", "text"],
			boost: { title: 3, names: 2 },
			tolerance: /^[a-z ]+$/i.test(query) ? 1 : 0,
			limit: 10,
		});
		return hits.map(({ document }) => String(document.id));
	};
}
