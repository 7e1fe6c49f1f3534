import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../../../src/db/", import.meta.url);
const files = readdirSync(folder)
	.filter((name) => name.endsWith(".ts"))
	.map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));
const repositories = files.filter(({ name }) => name !== "statement.ts");
const src = new URL("../../../src/", import.meta.url);
const everySource = readdirSync(src, { recursive: true, encoding: "utf8" })
	.filter((name) => /\.tsx?$/.test(name))
	.map((name) => ({ name, text: readFileSync(new URL(name, src), "utf8") }));
const migrationsFolder = new URL("../../../migrations/", import.meta.url);
/** Migrations written by hand: all but the schema that drizzle-kit generates. */
const migrations = readdirSync(migrationsFolder)
	.filter((name) => name.endsWith(".sql") && name !== "0000_schema.sql")
	.map((name) => ({ name, text: readFileSync(new URL(name, migrationsFolder), "utf8") }));

/** Lists the places of a pattern as `file: text`. */
const places = (texts: readonly { name: string; text: string }[], pattern: RegExp) =>
	texts.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([found]) => `${name}: ${found}`));

describe("the database style", () => {
	it("finds the files it is about", () => {
		expect(files.length).toBeGreaterThan(30);
		expect(places(repositories, /\bstatement(<|\()/g).length).toBeGreaterThan(10);
	});

	it("prepares SQL text in one place", () => {
		// A session and the meter pass on what others prepare.
		const others = repositories.filter(({ name }) => !["session.ts", "metering.ts"].includes(name));
		expect(places(others, /\.prepare\(/g)).toEqual([]);
		expect(places(others, /\.bind\((?!d1, )/g)).toEqual([]);
		expect(places(repositories, /\b(all|first)<\w/g)).toEqual([]);
	});

	it("says in the first comment of a file why it has SQL text", () => {
		const silent = repositories
			.filter(({ text }) => /from "\.\/statement\.ts"/.test(text))
			.filter(({ text }) => !/^\/\/ SQL text: \S/.test(text));
		expect(silent.map(({ name }) => name)).toEqual([]);
	});

	it("names parameters in every SQL text of the source, and never numbers them", () => {
		const texts = everySource.flatMap(({ name, text }) =>
			[...text.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)]
				.filter(([literal]) => /\b(SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES)\b/.test(literal))
				.map(([literal]) => ({ name, text: literal.replace(/\$\{[^}]*\}/g, "") })),
		);
		expect(new Set(texts.map(({ name }) => name.split("/")[0]))).toEqual(
			new Set(["backup", "cli", "db", "export", "import", "sidecars"]),
		);
		expect(places(texts, /[\s(=]\?(\d|(?=\s*[,)"`]|\s+[A-Z]{2}))/g)).toEqual([]);
	});

	it("names the columns of every INSERT", () => {
		const texts = [...repositories, ...migrations];
		expect(places(texts, /INSERT (OR \w+ )?INTO \w+ \(/g).length).toBeGreaterThan(15);
		expect(places(texts, /INSERT (OR \w+ )?INTO \w+(?!\w| \()/g)).toEqual([]);
		// Drizzle compares the keys of a built selection with the table's columns; SQL text it takes as it is.
		expect(places(repositories, /\.select\(\s*sql`\s*SELECT/g)).toEqual([]);
	});
});
