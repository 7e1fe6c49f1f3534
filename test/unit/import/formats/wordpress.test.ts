import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { formatMenus } from "../../../../src/import/menus.ts";
import { type ImportRun, type NewBlog, newBlog } from "../../../support/import/run.ts";

const fixture = readFileSync(new URL("../../../support/import/fixtures/wordpress.xml", import.meta.url));
/** The smallest GIF, whatever its name says. */
const picture = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");

let blog: NewBlog;
let run: ImportRun;
const file = (path: string) => blog.files()[path] ?? "";

beforeAll(async () => {
	blog = await newBlog("title: New\nurl: https://harbour.example\ntimezone: Asia/Tokyo\n");
	run = await blog.import({ "export.xml": fixture, "uploads/2019/03/fog.jpg": picture });
});
afterAll(() => blog.remove());

it("turns menus into lines for site.yaml, which it leaves alone", async () => {
	const main = [
		{ title: "Home", url: "/" },
		{ title: "Fog & foghorns", url: "/2019/03/03/%E9%9C%A7/" },
		{ title: "Elsewhere", url: "https://elsewhere.example/?a=1&b=2" },
		{ title: "By sea", url: "/category/north-sea/" },
	];
	const footer = [{ title: "The fog", url: "/2019/03/03/%E9%9C%A7/" }];
	expect(run.menus).toEqual([
		{ name: "Main & only", links: main },
		{ name: "Footer", links: footer },
	]);
	expect(file("site.yaml")).toBe("title: New\nurl: https://harbour.example\ntimezone: Asia/Tokyo\n");
	expect(run.tallies).toContainEqual({ kind: "link", outcome: "reported", count: 9 });
	const reports = run.reports.join("\n");
	for (const reason of [
		/"More" of the menu "Main & only" leads nowhere/,
		/"Below" .* is below another link/,
		/leads to a category or tag that no entry has/,
		/"Gone" of the menu "Footer" leads to \/blog\/gone\/, which no entry has/,
	])
		expect(reports).toMatch(reason);

	const other = await newBlog(
		`title: New\nurl: https://harbour.example\ntimezone: Asia/Tokyo\n${formatMenus(run.menus.slice(0, 1))}`,
	);
	const again = await other.import({ "export.xml": fixture });
	expect(again.menus).toEqual([]);
	expect(again.tallies).toContainEqual({ kind: "link", outcome: "present", count: 5 });
	other.write({ "site.yaml": "" });
	rmSync(join(other.contentDir, "site.yaml"));
	await other.import({ "export.xml": fixture }, { apply: false });
	expect(other.files()["site.yaml"]).toBeUndefined();
	await other.import({ "export.xml": fixture });
	// Without settings, days are those of UTC.
	const inUtc = main.map((link) => ({ ...link, url: link.url.replace("/03/03/", "/03/02/") }));
	expect(parse(other.files()["site.yaml"] ?? "")).toEqual({ title: "Harbour & cats", navigation: inUtc });
	other.remove();
});

it("writes a post with its terms, dates, number, old address, picture and code", () => {
	expect(file("posts/2019/2019-03-03-霧.md")).toBe(`---
title: Fog & foghorns
date: 2019-03-03T08:30:00+09:00
updated: 2019-04-01T09:00:00+09:00
id: 2019/2019-03-03-霧
author: Mika Sato
categories:
  - North & sea
tags:
  - fog
summary: What the fog did.
pinned: true
wordpress_id: 12
feed_id: https://harbour.example/blog/?p=12
aliases:
  - /blog/2019/03/霧/
image:
  src: /media/2019/03/fog.gif
  alt: Fog & foghorns
imported_from: wordpress:harbour.example/blog/12
---

Fog came in, **thick** as wool. See [the draft](./2019-03-05-a-classic-text-with-a-control-character.md).

![Fog over the pier](/media/2019/03/fog.gif "The pier at six")

\`\`\`
if (a < b) { return "]]>"; }
\`\`\`
`);
});

it("writes a classic draft with a caption, an unknown shortcode, and a title made of its text", () => {
	const text = file("posts/2019/2019-03-05-a-classic-text-with-a-control-character.md");
	expect(text).toContain("draft: true\n");
	expect(text).toContain("A classic text with a control character here.\n");
	expect(text).toContain('![](/media/2019/03/fog.gif "Fog")\n');
	expect(text).toContain("\\[mystery id=3]\n\nSecond paragraph\\\nwith a line break.\n");
});

it("writes a page", () => {
	expect(file("pages/about.md")).toMatch(/^---\ntitle: About\nid: pages\/about\ncomments: closed\n/);
	expect(file("pages/about.md")).toContain("## Who\n\nMika writes here.\n");
});

it("imports comments with their numbers, replies, authors and pingbacks", () => {
	const rows = blog.sqlite
		.prepare("SELECT id, parent_id, state, name, website, source, by_author FROM comments ORDER BY id")
		.all();
	expect(rows.map((row) => ({ ...row }))).toEqual([
		{
			id: 101,
			parent_id: null,
			state: "published",
			name: "O’Neil",
			website: "http://neil.example/?a=1&b=2",
			source: "I heard the horn.\n\nIt was *loud*, see [here](http://horn.example/).\nTwice.",
			by_author: 0,
		},
		{
			id: 102,
			parent_id: 101,
			state: "published",
			name: "Mika Sato",
			website: null,
			source: "So did I.",
			by_author: 1,
		},
		{
			id: 103,
			parent_id: null,
			state: "held",
			name: "Another blog",
			website: "https://another.example/fog/",
			source: "Pingback: https://another.example/fog/\n\n\\[…\\] a post about fog \\[…\\]",
			by_author: 0,
		},
	]);
});

it("reports what has no counterpart, with file and line", () => {
	const reports = run.reports.join("\n");
	for (const expected of [
		/export\.xml:113: a control character that XML does not allow; left out\./,
		/export\.xml:\d+: "Fog & foghorns" has a property without a counterpart here \(post format: Aside\)/,
		/an entry without a title has the shortcode \[mystery\]/,
		/"About" is a nav_menu_item/,
		/"Unused" is a tag that no entry has/,
		/"North & sea" was at https:\/\/harbour\.example\/blog\/category\/north\/; .* "North & sea": \{ slug: "north" \}/,
	]) {
		expect(reports).toMatch(expected);
	}
});

it("imports the same from WordPress 1.0's form of comments and a single site", async () => {
	const other = await newBlog();
	const old = fixture
		.toString()
		.replaceAll("export/1.2/", "export/1.0/")
		.replace(/<wp:author>.*<\/wp:author>/, "")
		.replaceAll(
			"<wp:comment_type><![CDATA[comment]]></wp:comment_type>",
			"<wp:comment_type></wp:comment_type>",
		);
	const { tallies } = await other.import({ "export.xml": old });
	expect(tallies).toContainEqual({ kind: "comment", outcome: "written", count: 3 });
	other.remove();
});
