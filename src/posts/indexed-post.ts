import { omitDefaults } from "./omit-defaults.ts";
import type { CommentsSetting, Post, Term } from "./post.ts";

/** The fields stored as columns. */
export type Columns = {
	id: string;
	path: string;
	title: string;
	slug: string;
	lang: string;
	published: number;
	updated: number | null;
	/** Year, month and day as one number, such as 20240501. */
	day: number;
	draft: boolean;
	translation: string | null;
	series: Term | null;
};

/** The fields of a post that are not columns, without default values. */
export type Row = Partial<Rest> & Pick<Rest, "authors" | "body" | "length">;

type Rest = Omit<Post, keyof Columns>;

/** Reads the fields of posts from the index. */
type Source = {
	cell<Name extends keyof Columns>(name: Name, at: number): Columns[Name];
	row(at: number): Row;
};

const defaults = {
	summary: "",
	comments: "open",
	phrases: [],
	rich: false,
	aliases: [],
	file: null,
	wordpressId: null,
	categories: [],
	tags: [],
	image: null,
	card: null,
	more: false,
	canonical: null,
	shownImages: [],
	unlisted: false,
	pinned: false,
	feedId: null,
	enclosures: [],
} as const satisfies Partial<Rest>;

/** Returns a post's row: the non-column fields that differ from their defaults. */
export function toRow(post: Post): Partial<Rest> {
	const { id, path, title, slug, lang, published, updated, day, draft, translation, series, ...rest } = post;
	return omitDefaults(rest, defaults);
}

/** A post that reads its fields on demand. A class, so that ten thousand instances share its getters. */
export class IndexedPost implements Post {
	readonly #source: Source;
	readonly #at: number;
	#parsed: Rest | undefined;

	constructor(source: Source, at: number) {
		this.#source = source;
		this.#at = at;
	}

	get id(): string {
		return this.#cell("id");
	}
	get path(): string {
		return this.#cell("path");
	}
	get title(): string {
		return this.#cell("title");
	}
	get slug(): string {
		return this.#cell("slug");
	}
	get lang(): string {
		return this.#cell("lang");
	}
	get published(): number {
		return this.#cell("published");
	}
	get updated(): number | null {
		return this.#cell("updated");
	}
	get day(): Post["day"] {
		const day = this.#cell("day");
		return { year: Math.floor(day / 10_000), month: Math.floor(day / 100) % 100, day: day % 100 };
	}
	get draft(): boolean {
		return this.#cell("draft");
	}
	get translation(): string | null {
		return this.#cell("translation");
	}
	get series(): Term | null {
		return this.#cell("series");
	}
	get summary(): string {
		return this.#rest.summary;
	}
	get comments(): CommentsSetting {
		return this.#rest.comments;
	}
	get phrases(): readonly string[] {
		return this.#rest.phrases;
	}
	get rich(): boolean {
		return this.#rest.rich;
	}
	get body(): Post["body"] {
		return this.#rest.body;
	}
	get aliases(): readonly string[] {
		return this.#rest.aliases;
	}
	get file(): string | null {
		return this.#rest.file;
	}
	get wordpressId(): number | null {
		return this.#rest.wordpressId;
	}
	get authors(): readonly Term[] {
		return this.#rest.authors;
	}
	get categories(): readonly Term[] {
		return this.#rest.categories;
	}
	get tags(): readonly Term[] {
		return this.#rest.tags;
	}
	get image(): Post["image"] {
		return this.#rest.image;
	}
	get card(): string | null {
		return this.#rest.card;
	}
	get length(): Post["length"] {
		return this.#rest.length;
	}
	get more(): boolean {
		return this.#rest.more;
	}
	get canonical(): string | null {
		return this.#rest.canonical;
	}
	get shownImages(): readonly string[] {
		return this.#rest.shownImages;
	}
	get unlisted(): boolean {
		return this.#rest.unlisted;
	}
	get pinned(): boolean {
		return this.#rest.pinned;
	}
	get feedId(): string | null {
		return this.#rest.feedId;
	}
	get enclosures(): Post["enclosures"] {
		return this.#rest.enclosures;
	}

	#cell<Name extends keyof Columns>(name: Name): Columns[Name] {
		return this.#source.cell(name, this.#at);
	}

	get #rest(): Rest {
		this.#parsed ??= { ...defaults, ...this.#source.row(this.#at) };
		return this.#parsed;
	}
}
