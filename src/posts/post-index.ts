import { type Gathered, gather, type Shared, sharedKinds } from "./catalogue.ts";
import { type Columns, IndexedPost, type Row, rowOf } from "./indexed-post.ts";
import { once } from "./once.ts";
import { pathKey } from "./paths.ts";
import type { Post } from "./post.ts";

/**
 * The posts as the Worker has them. The build writes them as a text, one JSON value a line: a line for each field that
 * whole runs of posts are looked through by, a line for each kind of group, and then for each post a line of the rest.
 * Each is parsed when it is first needed, so that a page costs the same among ten posts and among ten thousand.
 */
export type PostIndex = {
	/** Newest first; ties are broken by id so that every build gives the same order. */
	posts: readonly Post[];
	/** The posts that share something, the groups in the order of their newest posts. */
	gathered(by: Shared): Gathered[];
	/** The posts by the keys of their paths. */
	keys(): Iterable<readonly [string, Post]>;
	/** The same of the keys of their old paths. */
	aliases(): Iterable<readonly [string, Post]>;
	/** The posts that had a number in WordPress. */
	numbers(): Iterable<readonly [number, Post]>;
};

type Column<Name extends keyof Columns> = readonly Columns[Name][];

/** Posts are named by their place in the index. */
type Lines = { [Name in keyof Columns]: Column<Name> } & {
	[by in Shared as `by ${by}`]: readonly (readonly [name: string, slug: string, posts: readonly number[]])[];
} & {
	/** Only where the key is not the path without its last slash. */
	keys: readonly (readonly [string, number])[];
	aliases: readonly (readonly [string, number])[];
	numbers: readonly (readonly [number, number])[];
};

const columnNames = [
	"id",
	"path",
	"title",
	"slug",
	"lang",
	"published",
	"updated",
	"day",
	"draft",
	"translation",
	"series",
] as const satisfies (keyof Columns)[];

const lineNames: readonly (keyof Lines)[] = [
	...columnNames,
	...sharedKinds.map((by) => `by ${by}` as const),
	"keys",
	"aliases",
	"numbers",
];

/** Writes the index of posts that are in its order. */
export function writeIndex(posts: readonly Post[]): string {
	const places = new Map(posts.map((post, at) => [post, at]));
	const column = <T>(of: (post: Post) => T): T[] => posts.map(of);
	const groups = Object.fromEntries(
		sharedKinds.map((by) => [
			`by ${by}`,
			gather(posts, by).map(({ name, slug, posts }) => [name, slug, posts.map((post) => places.get(post))]),
		]),
	);
	const lines: Record<string, unknown> = {
		...Object.fromEntries(columnNames.map((name) => [name, column((post) => post[name])])),
		day: column(({ day }) => (day.year * 100 + day.month) * 100 + day.day),
		...groups,
		keys: posts.flatMap(({ path }, at) => (pathKey(path) === usualKey(path) ? [] : [[pathKey(path), at]])),
		aliases: posts.flatMap(({ aliases }, at) => aliases.map((key) => [key, at])),
		numbers: posts.flatMap(({ wordpressId }, at) => (wordpressId === null ? [] : [[wordpressId, at]])),
	};
	return [
		...lineNames.map((name) => JSON.stringify(lines[name])),
		...posts.map((post) => JSON.stringify(rowOf(post))),
	].join("\n");
}

/** Opens the text {@link writeIndex} wrote. */
export function openIndex(text: string): PostIndex {
	const lines = once(() => text.split("\n"));
	const parsed: Partial<Record<keyof Lines, unknown>> = {};
	const line = <Name extends keyof Lines>(name: Name): Lines[Name] => {
		parsed[name] ??= JSON.parse(lines()[lineNames.indexOf(name)] ?? "[]");
		return parsed[name] as Lines[Name];
	};
	const source = {
		cell: <Name extends keyof Columns>(name: Name, at: number): Columns[Name] => {
			const value = (line(name) as Column<Name>)[at];
			if (value === undefined) throw new RangeError(`The index has no ${name} of post ${at}.`);
			return value;
		},
		row: (at: number): Row => JSON.parse(lines()[lineNames.length + at] ?? "{}"),
	};
	const posts = once(() => line("published").map((_, at) => new IndexedPost(source, at)));
	const named = <Key>(pairs: readonly (readonly [Key, number])[]) =>
		pairs.flatMap(([key, at]): [Key, Post][] => {
			const post = posts()[at];
			return post === undefined ? [] : [[key, post]];
		});
	return {
		get posts() {
			return posts();
		},
		gathered: (by) =>
			line(`by ${by}`).map(([name, slug, places]) => ({
				name,
				slug,
				posts: places.flatMap((at) => posts()[at] ?? []),
			})),
		*keys() {
			for (const post of posts()) yield [usualKey(post.path), post];
			yield* named(line("keys"));
		},
		aliases: () => named(line("aliases")),
		numbers: () => named(line("numbers")),
	};
}

function usualKey(path: string): string {
	return path.replace(/\/$/, "");
}
