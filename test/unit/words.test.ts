import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("../..", import.meta.url).pathname;

/** Words of the dialect this project was written in at first, which no name may have; the field has a word for each. */
const banned = [
	...["barriers", "coalesced", "decoy", "deed", "defused", "desk", "doing", "drawn", "elsewhere"],
	...["exactness", "forget", "forgetting", "freshen", "freshness", "hands", "hearing", "keeping", "laid"],
	...[
		"lasting",
		"lean",
		"learnt",
		"lesson",
		"lessons",
		"likeness",
		"momentary",
		"narrower",

		"news",
	],
	...["rejudge", "rejudging", "shelf", "slips", "speculate", "stale", "standards", "taught", "testified"],
	...["untracked", "wall", "wish", "witness"],
	...["data room", "look key", "made by", "one address", "read at", "step up", "store at", "thread room"],
	...["ways out", "word key"],
];

/** Participles are no names for types: a type is a thing. */
const participle =
	/^(?:Asked|Built|Found|Given|Heard|Held|Kept|Known|Laid|Made|Said|Seen|Shown|Taken|Told|Tried|Written|(?!Embed|Feed|Need|Seed|Speed)[A-Z][a-z]+ed)$/;

/** A doc comment names its subject first. */
const withoutSubject = /^(?:What|Who|Whoever|Whose|Where|Something|Somebody|Anybody|Nothing)\b/;

type Source = { path: string; text: string };

const sources = ["src", "test/support"].flatMap((folder) => read(folder, /\.tsx?$/));
const fileNames = ["src", "test"].flatMap((folder) => list(folder));
const schema = readFileSync(join(root, "src/db/schema.ts"), "utf8");

describe("the names", () => {
	it("of files have no word of the dialect", () => {
		expect(fileNames.length).toBeGreaterThan(500);
		expect(fileNames.filter((path) => dialectIn(path).length > 0)).toEqual([]);
	});

	it("of tables, columns and indexes have none", () => {
		const names = databaseNames(schema);
		expect(names.length).toBeGreaterThan(150);
		expect(names).toContain("audit_log");
		expect(names.flatMap(dialectIn)).toEqual([]);
	});

	it("in the code have none", () => {
		const found = sources.map(({ path, text }) => ({ path, names: [...new Set(identifiers(text))] }));
		expect(found.flatMap(({ names }) => names).length).toBeGreaterThan(10_000);
		expect(
			found.flatMap(({ path, names }) =>
				names.filter((name) => dialectIn(name).length > 0).map((name) => `${path}: ${name}`),
			),
		).toEqual([]);
	});

	it("of types are nouns", () => {
		const types = sources.flatMap(({ path, text }) =>
			[...text.matchAll(/^(?:export )?(?:type|interface|class) (\w+)/gm)].map(([, name = ""]) => ({
				path,
				name,
			})),
		);
		expect(types.length).toBeGreaterThan(400);
		expect(
			types.filter(({ name }) => participle.test(name)).map(({ path, name }) => `${path}: ${name}`),
		).toEqual([]);
	});

	it("are found wherever they can be", () => {
		const code = [
			'export const onDesk = "no desk here"; // no desk here',
			"function deed({ lesson_id: id }: Lessons<Wish>) { return /desk/.test(`desk $" + "{hands.ofDesk}`); }",
		].join("\n");
		expect(identifiers(code).filter((name) => dialectIn(name).length > 0)).toEqual([
			...["onDesk", "deed", "lesson_id", "Lessons", "Wish", "hands", "ofDesk"],
		]);
		expect(dialectIn("src/notifications/ways-out.ts")).toEqual(["ways out"]);
		expect(dialectIn("WALL_readAt")).toEqual(["wall", "read at"]);
		expect(dialectIn("firewall, unlearnt, wishful")).toEqual([]);
		expect(
			databaseNames('sqliteTable("news", { at: integer("asked_at") }, (t) => [index("news_at").on(t.at)])'),
		).toEqual(["news", "asked_at", "news_at"]);
		expect(["Made", "Imported"].every((name) => participle.test(name))).toBe(true);
	});
});

describe("a doc comment", () => {
	it("begins with its subject", () => {
		const comments = sources.flatMap(({ path, text }) =>
			docComments(text).map((comment) => ({ path, comment })),
		);
		expect(comments.length).toBeGreaterThan(1000);
		expect(
			comments
				.filter(({ comment }) => withoutSubject.test(comment))
				.map(({ path, comment }) => `${path}: ${comment}`),
		).toEqual([]);
	});

	it("is found on one line and on several", () => {
		const text =
			"/** What one is. */\n\t/**\n\t * Whoever wrote it,\n\t * twice.\n\t */\n// Who\n/* Where */";
		expect(docComments(text)).toEqual(["What one is.", "Whoever wrote it, twice."]);
	});
});

/** Returns the banned words in a name, which is split where its spelling begins a word. */
function dialectIn(name: string): string[] {
	const words = ` ${name
		.replace(/([a-z\d])([A-Z])/g, "$1 $2")
		.replace(/[^A-Za-z]+/g, " ")
		.toLowerCase()} `;
	return banned.filter((word) => words.includes(` ${word} `));
}

/** Returns every identifier and property name in TypeScript, without those in comments, strings and regular expressions. */
function identifiers(text: string): string[] {
	const tokens =
		/\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<=[=(,:[!&|?;]\s*|return )\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*|`(?:\\.|[^`\\])*`|[\p{ID_Start}_$][\p{ID_Continue}$]*/gu;
	return [...text.matchAll(tokens)].flatMap(([token]) => {
		if (/^[\p{ID_Start}_$]/u.test(token)) return [token];
		if (!token.startsWith("`")) return [];
		return [...token.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, code = ""]) => identifiers(code));
	});
}

/** Returns the names of tables, columns and indexes in a Drizzle schema. */
function databaseNames(text: string): string[] {
	const builders = /\b(?:sqliteTable|text|integer|real|blob|numeric|index|uniqueIndex)\(\s*"(\w+)"/g;
	return [...text.matchAll(builders)].map(([, name = ""]) => name);
}

function docComments(text: string): string[] {
	return [...text.matchAll(/\/\*\*([\s\S]*?)\*\//g)].map(([, comment = ""]) =>
		comment.replace(/\n\s*\* ?/g, " ").trim(),
	);
}

function list(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

function read(folder: string, pattern: RegExp): Source[] {
	return list(folder)
		.filter((path) => pattern.test(path))
		.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
