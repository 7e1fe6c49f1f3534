import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { type NewBlog, newBlog } from "../../../support/import/run.ts";

const fixture = readFileSync(
	new URL("../../../support/import/fixtures/waline.json", import.meta.url),
	"utf8",
);

const post = "---\ntitle: Fog\ndate: 2020-01-01\nid: fog\naliases: [/霧/]\n---\n\nText.\n";

type Row = {
	id: number;
	parent_id: number | null;
	state: string;
	name: string;
	source: string;
	created_at: number;
	by_author: number;
};

let blog: NewBlog;

afterEach(() => blog.remove());

async function importFile(content: string | Uint8Array, timezone: string | null = null) {
	blog = await newBlog();
	blog.write({ "posts/fog.md": post });
	const run = await blog.import({ "export.json": content }, { timezone });
	const rows = blog.sqlite.prepare("SELECT * FROM comments ORDER BY created_at").all() as unknown as Row[];
	return { reports: run.reports.join("\n"), rows };
}

/** A comment as LeanCloud has it. */
const valine = (objectId: string, more: object) => ({
	objectId,
	nick: "Mika",
	comment: "<p>Hello</p>",
	url: "/%E9%9C%A7/",
	insertedAt: { __type: "Date", iso: "2020-02-02T02:02:02.345Z" },
	...more,
});

const three = [
	valine("a", {}),
	valine("b", { pid: "a", rid: "a", comment: '<p><a class="at" href="#a">@Mika</a> , hi</p>' }),
	valine("c", {
		pid: "b",
		rid: "a",
		isSpam: true,
		insertedAt: undefined,
		createdAt: "2021-02-02T02:02:02.000Z",
	}),
];

describe("Waline and Valine", () => {
	it("reads Waline's own export with its states, users and threads", async () => {
		const { rows, reports } = await importFile(fixture);
		expect(rows.map(({ name, state, by_author }) => [name, state, by_author])).toEqual([
			["Lamp", "published", 0],
			["Mika Sato", "published", 1],
			["Waiting", "held", 0],
			["Spammer", "spam", 0],
			["Odd", "held", 0],
			["Local", "published", 0],
		]);
		expect(rows[1]?.parent_id).toBe(rows[0]?.id);
		expect(rows[2]?.parent_id).toBe(rows[1]?.id);
		expect(rows[0]?.source).toBe("**Thick** fog\nover `<br>` & co");
		expect(rows[1]?.source).toBe("@Lamp I *know*.");
		expect(reports).toContain("belongs to /elsewhere/");
		expect(reports).toMatch(/times without a zone/);
	});

	it("tells the comments of two blogs apart whose ids are the same numbers", async () => {
		const site = (at: string) =>
			JSON.stringify([
				valine("1", { insertedAt: at, comment: `<p>${at}</p>` }),
				valine("2", { pid: "1", insertedAt: at.replace("-02T", "-03T") }),
			]);
		blog = await newBlog();
		blog.write({ "posts/fog.md": post });
		for (const at of ["2020-02-02T02:02:02.345Z", "2021-02-02T02:02:02.345Z", "2020-02-02T02:02:02.345Z"])
			await blog.import({ "export.json": site(at) });
		const rows = blog.sqlite.prepare("SELECT * FROM comments ORDER BY created_at").all() as unknown as Row[];
		expect(rows).toHaveLength(4);
		expect(rows[1]?.parent_id).toBe(rows[0]?.id);
		expect(rows[3]?.parent_id).toBe(rows[2]?.id);
	});

	it.each([
		["an array", JSON.stringify(three)],
		["an indented array", JSON.stringify(three, null, 2)],
		["results", JSON.stringify({ results: three })],
		["lines", three.map((each) => JSON.stringify(each)).join("\n")],
		[
			"lines after LeanCloud's first one",
			['#filetype:JSON-streaming {"type":"Class"}', ...three.map((each) => JSON.stringify(each)), ""].join(
				"\r\n",
			),
		],
		["a single comment", JSON.stringify(three[0])],
	])("reads LeanCloud's JSON as %s", async (_, content) => {
		const { rows } = await importFile(content);
		const all = [
			{
				state: "published",
				source: "Hello",
				parent_id: null,
				created_at: Date.parse("2020-02-02T02:02:02.345Z"),
			},
			{ state: "published", source: "@Mika hi" },
			{ state: "spam", source: "Hello" },
		];
		expect(rows).toMatchObject(
			content.startsWith('{"objectId') && !content.includes("\n") ? all.slice(0, 1) : all,
		);
	});

	it("names the line of a damaged file", async () => {
		const lines = three.map((each) => JSON.stringify(each)).join("\n");
		await expect(importFile(`${lines}\n{"objectId":`)).rejects.toThrow(
			/export\.json:4: .*damaged.*Export it again/,
		);
	});

	it("reads a SQLite database with its write-ahead log, in the zone given", async () => {
		blog = await newBlog();
		blog.write({ "posts/fog.md": post, "data/none.txt": "" });
		const path = join(blog.folder, "live.sqlite");
		const db = new DatabaseSync(path);
		db.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
			CREATE TABLE wl_Comment (id INTEGER PRIMARY KEY, user_id INTEGER, nick TEXT, comment TEXT, url TEXT, status TEXT, pid INTEGER, insertedAt TIMESTAMP);
			CREATE TABLE wl_Users (id INTEGER PRIMARY KEY, display_name TEXT, type TEXT);
			PRAGMA wal_checkpoint(TRUNCATE);
			INSERT INTO wl_Users VALUES (7, 'Mika', 'administrator');
			INSERT INTO wl_Comment VALUES (1, 7, NULL, 'One', '/霧/', 'approved', NULL, '2020-02-02 09:00:00')`);
		writeFileSync(join(blog.folder, "unrelated.txt"), "");
		const run = await blog.import(
			{ "waline.sqlite": readFileSync(path), "waline.sqlite-wal": readFileSync(`${path}-wal`) },
			{ timezone: "Asia/Tokyo" },
		);
		db.close();
		expect(run.tallies).toEqual([{ kind: "comment", outcome: "written", count: 1 }]);
		expect(blog.sqlite.prepare("SELECT name, by_author, created_at FROM comments").all()).toEqual([
			{ name: "Mika", by_author: 1, created_at: Date.parse("2020-02-02T00:00:00Z") },
		]);
	});
});
