import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, png, post, workspace } from "../../support/workspace.ts";

describe("a picture beside its post", () => {
	it.each([
		["posts/trip/index.md", "a.jpg", "posts/trip/a.jpg"],
		["posts/trip/index.md", "./deep/a.jpg", "posts/trip/deep/a.jpg"],
		["posts/trip.md", "trip/a.jpg", "posts/trip/a.jpg"],
		["posts/2024/2024-03-31-trip/index.md", "a.jpg", "posts/2024/2024-03-31-trip/a.jpg"],
		["posts/2024/trip.md", "../a.jpg", "posts/a.jpg"],
		["pages/trip/index.md", "a.jpg", "pages/trip/a.jpg"],
		["posts/trip.md", "../pages/a.jpg", "pages/a.jpg"],
		["posts/2024/trip.md", "../../media/a.jpg", "media/a.jpg"],
	])("of %s is written %s for %s", async (file, written, picture) => {
		const body = `![x](${written})\n\n<img alt="x" src="${written}">\n`;
		const { posts, pages, warnings, images } = await buildFiles({
			[picture]: png(4, 3),
			[file]: file.startsWith("posts") ? post("", body) : `---\ntitle: T\n---\n${body}`,
		});
		const entry = posts[0] ?? pages[0];
		const path = picture.startsWith("media") ? `/${picture}` : `/media/${picture}`;
		expect(warnings).toEqual([]);
		expect(entry?.slug).toBe("trip");
		expect(images[path]).toEqual({ width: 4, height: 3 });
		expect(entry?.html.match(/ src="[^"]*"/g)).toEqual([` src="${path}"`, ` src="${path}"`]);
	});

	it("may be shown where the link is shared", async () => {
		const { posts } = await buildFiles({
			"posts/trip/cover.png": png(1, 1),
			"posts/trip/index.md": post("image: { src: cover.png, alt: x }"),
		});
		expect(posts[0]?.image?.src).toBe("/media/posts/trip/cover.png");
	});

	it("is published once something refers to it; other files are not", async () => {
		const space = workspace({
			"posts/trip/a.png": png(1, 1),
			"posts/trip/b.png": png(1, 1),
			"posts/trip/notes.txt": "private",
			"posts/trip/index.md": post("", "[x](./a.png)"),
		});
		const result = await space.build();
		const unused =
			"1: is neither a .md file nor shown by one, so it is not published; refer to it in a post, or move it to media/.";
		expect(result.ok && space.printed(result.warnings)).toEqual([
			`content/posts/trip/b.png:${unused}`,
			`content/posts/trip/notes.txt:${unused}`,
		]);
		expect(readdirSync(join(space.options.outDir, "assets/media/posts/trip"))).toEqual(["a.png"]);
	});

	it("needs an address of its own", async () => {
		expect(
			await buildProblems({
				"media/posts/a.png": png(1, 1),
				"posts/a.png": png(1, 1),
				"posts/x.md": post("", "![x](a.png)"),
			}),
		).toEqual([
			"content/posts/a.png:1: has the same address, /media/posts/a.png, as content/media/posts/a.png; rename one of them.",
		]);
	});
});

describe("an index.md", () => {
	it("has the id and the address of its folder", async () => {
		const { posts, pages } = await buildFiles({
			"posts/2024/2024-03-31-trip/index.md": post(),
			"posts/index.md": post(),
			"pages/about/index.md": "---\ntitle: T\n---\n",
			"pages/about/me/INDEX.md": "---\ntitle: T\n---\n",
		});
		const of = (entries: { id: string; path: string }[]) => entries.map(({ id, path }) => [id, path]);
		expect(of(posts)).toEqual([
			["2024/2024-03-31-trip", "/2024/03/31/trip/"],
			["index", "/2024/03/31/index/"],
		]);
		expect(of(pages)).toEqual([
			["pages/about", "/about/"],
			["pages/about/me", "/about/me/"],
		]);
	});

	it("cannot share them with a file beside the folder", async () => {
		expect(await buildProblems({ "posts/trip.md": post(), "posts/trip/index.md": post() })).toEqual([
			'content/posts/trip/index.md:1: id: "trip" is already the id of content/posts/trip.md; choose another.',
			"content/posts/trip/index.md:1: slug: the address /2024/03/31/trip/ is already used by content/posts/trip.md; choose another slug.",
		]);
	});
});
