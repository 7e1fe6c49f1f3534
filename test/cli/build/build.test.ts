import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createContentCache } from "../../../src/build/content.ts";
import { defaultIcons } from "../../../src/build/icons.ts";
import { png, post, workspace } from "../../support/workspace.ts";

const files = {
	"media/a.png": png(3, 2),
	"media/deep/b.txt": "b",
	"posts/one.md": post("date: 2024-01-01\ntags: [猫, b]", "One.\n"),
	"posts/two.md": post("date: 2024-01-02", "二つ目。\n"),
	"pages/about.md": "---\ntitle: About\n---\nAbout.\n",
};

/** Assets that every blog has. */
const ofEveryBlog = new Set(
	[...readdirSync(defaultIcons), "site.webmanifest"].map((name) => `assets/${name}`),
);

describe("buildContent", () => {
	it("returns the number of posts and pages", async () => {
		const space = workspace(files);
		expect(await space.build()).toMatchObject({ ok: true, posts: 2, pages: 1, warnings: [], changed: true });
	});

	it("writes the module the Worker imports, and the assets with their headers", async () => {
		const space = workspace(files);
		await space.build();
		expect(Object.keys(space.output()).filter((path) => !ofEveryBlog.has(path))).toEqual([
			"assets/_headers",
			expect.stringMatching(/^assets\/_search\/[\da-f]{16}(-[tw])?\.bin$/),
			expect.stringMatching(/^assets\/_search\/[\da-f]{16}(-[tw])?\.bin$/),
			expect.stringMatching(/^assets\/_search\/[\da-f]{16}(-[tw])?\.bin$/),
			"assets/api/v1/openapi.json",
			"assets/media/a.png",
			"assets/media/deep/b.txt",
			expect.stringMatching(/^bodies-[\da-f]{16}\.txt$/),
			"index.js",
			expect.stringMatching(/^posts-[\da-f]{16}\.txt$/),
		]);
		expect(space.builtContent()).toMatchObject({ external: false, bodies: "二つ目。\nOne.\nAbout.\n" });
		expect(readFileSync(join(space.options.outDir, "assets/_headers"), "utf8")).toContain(
			"  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox\n",
		);
	});

	it("gives the same bytes for the same content, regardless of order and location", async () => {
		const [first, second] = [
			workspace(files),
			workspace(Object.fromEntries(Object.entries(files).reverse())),
		];
		await first.build();
		await second.build();
		expect(second.output()).toEqual(first.output());
	});

	it("writes nothing when nothing changed", async () => {
		const space = workspace(files);
		await space.build();
		const times = () =>
			Object.keys(space.output()).map((name) => statSync(join(space.options.outDir, name)).ctimeMs);
		const before = times();
		expect(await space.build()).toMatchObject({ ok: true, changed: false });
		expect(times()).toEqual(before);
	});

	it("leaves the last good output unchanged when there are errors", async () => {
		const space = workspace(files);
		await space.build();
		const before = space.output();
		space.write("content/posts/two.md", post("date: never", "Changed.\n"));
		space.write("content/posts/three.md", post());
		space.write("content/media/a.png", png(9, 9));
		space.write("content/media/new.png", png(9, 9));
		space.remove("content/media/deep");
		expect((await space.build()).ok).toBe(false);
		expect(space.output()).toEqual(before);
	});

	it("writes no output at all when the first build fails", async () => {
		const space = workspace({ "posts/x.md": "" });
		await space.build();
		expect(() => space.output()).toThrow(/ENOENT/);
	});

	it("updates bodies and media and removes deleted ones", async () => {
		const space = workspace(files);
		await space.build();
		space.write("content/posts/one.md", post("", "Changed.\n\n![a](/media/a.png)\n"));
		space.write("content/media/a.png", png(5, 4));
		space.remove("content/media/deep");
		space.write("content/media/deep", "now a file");
		space.write("content/media/図.png", png(1, 1));
		expect(await space.build()).toMatchObject({ ok: true, changed: true });
		expect(Object.keys(space.output()).filter((path) => !ofEveryBlog.has(path))).toEqual([
			"assets/_headers",
			expect.stringMatching(/^assets\/_search\/[\da-f]{16}(-[tw])?\.bin$/),
			expect.stringMatching(/^assets\/_search\/[\da-f]{16}(-[tw])?\.bin$/),
			expect.stringMatching(/^assets\/_search\/[\da-f]{16}(-[tw])?\.bin$/),
			"assets/api/v1/openapi.json",
			"assets/media/a.png",
			"assets/media/deep",
			"assets/media/図.png",
			expect.stringMatching(/^bodies-/),
			"index.js",
			expect.stringMatching(/^posts-/),
		]);
		expect(space.builtContent().images["/media/a.png"]).toEqual({ width: 5, height: 4 });
		expect(space.builtContent().bodies).toContain("Changed.");
	});

	it("reads only changed files when given a cache", async () => {
		const space = workspace(files);
		const path = (name: string) => join(space.options.contentDir, "posts", name);
		// Files written this very moment are never kept.
		for (const name of ["one.md", "two.md"]) utimesSync(path(name), 1e9, 1e9);
		const cache = createContentCache();
		const made = (name: string) => cache.posts.get(path(name))?.result;
		await space.build({ cache });
		const before = [made("one.md"), made("two.md")];
		expect(before[0]).toBeDefined();

		space.write("content/posts/two.md", post("title: Edited"));
		utimesSync(path("two.md"), 1.1e9, 1.1e9);
		await space.build({ cache });
		expect(made("one.md")).toBe(before[0]);
		expect(made("two.md")).not.toBe(before[1]);
		expect(space.builtContent().posts.map(({ title }) => title)).toContain("Edited");

		space.remove("content/posts/two.md");
		await space.build({ cache });
		expect(made("two.md")).toBeUndefined();
	});

	it("applies a new time zone and language of the site to cached posts", async () => {
		const space = workspace({ "posts/x.md": post("date: 2024-03-31") });
		utimesSync(join(space.options.contentDir, "posts/x.md"), 1e9, 1e9);
		const cache = createContentCache();
		await space.build({ cache });
		space.write("content/site.yaml", "title: T\ntimezone: Asia/Tokyo\nlanguage: ja\n");
		await space.build({ cache });
		expect(space.builtContent().posts[0]).toMatchObject({ published: Date.UTC(2024, 2, 30, 15), lang: "ja" });
	});

	it("follows symbolic links to files and folders, without infinite loops", async () => {
		const space = workspace();
		mkdirSync(join(space.dir, "elsewhere"));
		space.write("elsewhere/linked.md", post());
		space.write("content/posts/real.md", post());
		symlinkSync(join(space.dir, "elsewhere"), join(space.options.contentDir, "posts/there"));
		symlinkSync(join(space.options.contentDir, "posts"), join(space.options.contentDir, "posts/again"));
		renameSync(space.options.contentDir, join(space.dir, "moved"));
		symlinkSync(join(space.dir, "moved"), space.options.contentDir);
		symlinkSync("/nowhere", join(space.options.contentDir, "posts/broken.md"));
		await space.build();
		expect(space.builtContent().posts.map(({ id }) => id)).toEqual(["real", "there/linked"]);
	});

	it("ignores hidden and backup files", async () => {
		const space = workspace({ "posts/.draft.md": "x", "posts/a.md~": "x", "posts/.git/b.md": "x" });
		expect(await space.build()).toMatchObject({ ok: true, posts: 0, warnings: [] });
	});
});
