import { type Columns, IndexedPost, type Row, toRow } from "./indexed-post.ts";
import { lazy } from "./lazy.ts";
import { pathKey } from "./paths.ts";
import type { Post } from "./post.ts";
import { type GroupedPosts, type GroupKind, groupKinds, groupPosts } from "./taxonomy.ts";

/**
 * The Worker's index of posts. The build writes it as one JSON value per line: a line for each column, a line for each
 * kind of group, and then for each post a line with its other fields. Lines are parsed on first use, so that a page costs
 * the same with ten posts and with ten thousand.
 */
export type PostIndex = {
	/** Newest first; ties are broken by id, so that the order is deterministic. */
	posts: readonly Post[];
	/** Groups of one kind, ordered by their newest posts. */
	groups(by: GroupKind): GroupedPosts[];
	/** Finds a post by the `pathKey` of its path, or null. */
	atPathKey(key: string): Post | null;
	/** Posts by the `pathKey` of their old paths. */
	aliases(): Iterable<readonly [string, Post]>;
	/** Posts by their WordPress ids. */
	wordpressIds(): Iterable<readonly [number, Post]>;
	unlisted(): ReadonlySet<Post>;
	pinned(): ReadonlySet<Post>;
};

type Column<Name extends keyof Columns> = readonly Columns[Name][];

/** The lines of the index by name. Posts are referenced by their position. */
type Lines = { [Name in keyof Columns]: Column<Name> } & {
	[by in GroupKind as `by ${by}`]: readonly (readonly [
		name: string,
		slug: string,
		posts: readonly number[],
	])[];
} & {
	/** Only keys that differ from the path without its trailing slash. */
	keys: readonly (readonly [string, number])[];
	aliases: readonly (readonly [string, number])[];
	numbers: readonly (readonly [number, number])[];
	unlisted: readonly number[];
	pinned: readonly number[];
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
	...groupKinds.map((by) => `by ${by}` as const),
	"keys",
	"aliases",
	"numbers",
	"unlisted",
	"pinned",
];

/** Serialises the index; `posts` must already be in index order. */
export function writeIndex(posts: readonly Post[]): string {
	const positions = new Map(posts.map((post, at) => [post, at]));
	const column = <T>(of: (post: Post) => T): T[] => posts.map(of);
	const positionsOf = (isIn: (post: Post) => boolean) =>
		posts.flatMap((post, at) => (isIn(post) ? [at] : []));
	const groups = Object.fromEntries(
		groupKinds.map((by) => [
			`by ${by}`,
			groupPosts(posts, by).map(({ name, slug, posts }) => [
				name,
				slug,
				posts.map((post) => positions.get(post)),
			]),
		]),
	);
	const lines: Record<string, unknown> = {
		...Object.fromEntries(columnNames.map((name) => [name, column((post) => post[name])])),
		day: column(({ day }) => (day.year * 100 + day.month) * 100 + day.day),
		...groups,
		keys: posts.flatMap(({ path }, at) => (pathKey(path) === defaultKey(path) ? [] : [[pathKey(path), at]])),
		aliases: posts.flatMap(({ aliases }, at) => aliases.map((key) => [key, at])),
		numbers: posts.flatMap(({ wordpressId }, at) => (wordpressId === null ? [] : [[wordpressId, at]])),
		unlisted: positionsOf(({ unlisted }) => unlisted),
		pinned: positionsOf(({ pinned }) => pinned),
	};
	return [
		...lineNames.map((name) => JSON.stringify(lines[name])),
		...posts.map((post) => JSON.stringify(toRow(post))),
	].join("\n");
}

/** Opens an index serialised by {@link writeIndex}. */
export function openIndex(text: string): PostIndex {
	const lines = lazy(() => text.split("\n"));
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
	const posts = lazy(() => line("published").map((_, at) => new IndexedPost(source, at)));
	/** Positions by path, as it was parsed: of ten thousand, cutting off the slashes took longer than all else. */
	const positionsByPath = lazy(
		() => new Map([...line("path").map((path, at) => [path, at] as const), ...line("keys")]),
	);
	const postsAt = (positions: readonly number[]) => positions.flatMap((at) => posts()[at] ?? []);
	const withPosts = <Key>(pairs: readonly (readonly [Key, number])[]) =>
		pairs.flatMap(([key, at]): [Key, Post][] => {
			const post = posts()[at];
			return post === undefined ? [] : [[key, post]];
		});
	return {
		get posts() {
			return posts();
		},
		groups: (by) =>
			line(`by ${by}`).map(([name, slug, positions]) => ({
				name,
				slug,
				posts: postsAt(positions),
			})),
		atPathKey: (key) => posts()[positionsByPath().get(`${key}/`) ?? positionsByPath().get(key) ?? -1] ?? null,
		aliases: () => withPosts(line("aliases")),
		wordpressIds: () => withPosts(line("numbers")),
		unlisted: () => new Set(postsAt(line("unlisted"))),
		pinned: () => new Set(postsAt(line("pinned"))),
	};
}

function defaultKey(path: string): string {
	return path.endsWith("/") ? path.slice(0, -1) : path;
}
