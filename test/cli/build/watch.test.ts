import { renameSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { BuildResult } from "../../../src/build/build.ts";
import { createContentCache } from "../../../src/build/content.ts";
import { buildStyleSheet } from "../../../src/build/style-sheets.ts";
import { builtInStyles } from "../../../src/build/themes.ts";
import { watchContent } from "../../../src/build/watch.ts";
import { eventually } from "../../support/eventually.ts";
import { customRules, post, workspace } from "../../support/workspace.ts";

/** Starts watching a workspace and waits for the first build. */
async function watched(
	files: Record<string, string>,
	{ cache = createContentCache(), prepare = (_: ReturnType<typeof workspace>) => {} } = {},
) {
	const space = workspace(files);
	prepare(space);
	const results: BuildResult[] = [];
	const watcher = watchContent({ ...space.options, cache, onBuild: (result) => results.push(result) });
	onTestFinished(() => watcher.close());
	await eventually(() => expect(results).toHaveLength(1));
	const titles = () => space.builtContent().posts.map(({ title }) => title);
	return { ...space, results, titles, watcher };
}

describe("watchContent", () => {
	it("builds at the start", async () => {
		const { results, titles } = await watched({ "posts/x.md": post("title: First") });
		expect(results).toMatchObject([{ ok: true, posts: 1, changed: true }]);
		expect(titles()).toEqual(["First"]);
	});

	it("picks up an edit", async () => {
		const { write, titles } = await watched({ "posts/x.md": post("title: First") });
		write("content/posts/x.md", post("title: Second"));
		await eventually(() => expect(titles()).toEqual(["Second"]));
	});

	it("picks up repeated edits saved by renaming", async () => {
		const { dir, write, titles } = await watched({ "posts/x.md": post("title: First") });
		for (const title of ["Second", "Third"]) {
			write("content/posts/.x.md.tmp", post(`title: ${title}`));
			renameSync(join(dir, "content/posts/.x.md.tmp"), join(dir, "content/posts/x.md"));
			await eventually(() => expect(titles()).toEqual([title]));
		}
	});

	it("picks up a new folder with a file in it, and later edits there", async () => {
		const { write, titles } = await watched({ "posts/x.md": post("title: First") });
		write("content/posts/2025/deep/y.md", post("date: 2025-01-01\ntitle: New"));
		await eventually(() => expect(titles()).toEqual(["New", "First"]));
		write("content/posts/2025/deep/y.md", post("date: 2025-01-01\ntitle: Edited"));
		await eventually(() => expect(titles()).toEqual(["Edited", "First"]));
	});

	it("picks up removals", async () => {
		const { remove, titles } = await watched({
			"posts/x.md": post("title: First"),
			"posts/y/z.md": post("title: Other"),
		});
		remove("content/posts/y");
		await eventually(() => expect(titles()).toEqual(["First"]));
	});

	it("picks up a replaced folder", async () => {
		const { dir, write, remove, titles } = await watched({ "posts/x.md": post("title: First") });
		write("other/x.md", post("title: Replaced"));
		remove("content/posts");
		renameSync(join(dir, "other"), join(dir, "content/posts"));
		await eventually(() => expect(titles()).toEqual(["Replaced"]));
		write("content/posts/x.md", post("title: Edited"));
		await eventually(() => expect(titles()).toEqual(["Edited"]));
	});

	it("picks up a replaced content folder", async () => {
		const { dir, write, titles } = await watched({ "posts/x.md": post("title: First") });
		write("next/site.yaml", "title: T\n");
		write("next/posts/x.md", post("title: Next"));
		renameSync(join(dir, "content"), join(dir, "former"));
		renameSync(join(dir, "next"), join(dir, "content"));
		await eventually(() => expect(titles()).toEqual(["Next"]));
		write("content/posts/x.md", post("title: Edited"));
		await eventually(() => expect(titles()).toEqual(["Edited"]));
	});

	it("follows a symbolic link to the content", async () => {
		const { write, titles } = await watched(
			{ "posts/x.md": post("title: First") },
			{
				prepare: ({ dir }) => {
					renameSync(join(dir, "content"), join(dir, "real"));
					symlinkSync(join(dir, "real"), join(dir, "content"));
				},
			},
		);
		write("real/posts/x.md", post("title: Second"));
		await eventually(() => expect(titles()).toEqual(["Second"]));
	});

	it("picks up a symbolic link that leads elsewhere now", async () => {
		const { dir, write, titles } = await watched(
			{ "posts/x.md": post("title: First") },
			{
				prepare: ({ dir }) => {
					renameSync(join(dir, "content"), join(dir, "real"));
					symlinkSync(join(dir, "real"), join(dir, "content"));
				},
			},
		);
		write("next/site.yaml", "title: T\n");
		write("next/posts/x.md", post("title: Next"));
		symlinkSync(join(dir, "next"), join(dir, "link"));
		renameSync(join(dir, "link"), join(dir, "content"));
		await eventually(() => expect(titles()).toEqual(["Next"]));
		write("next/posts/x.md", post("title: Edited"));
		await eventually(() => expect(titles()).toEqual(["Edited"]));
	});

	it("picks up an edit of a file that is linked to", async () => {
		const { write, titles } = await watched(
			{ "posts/x.md": post("title: First") },
			{
				prepare: ({ dir }) => {
					renameSync(join(dir, "content/posts/x.md"), join(dir, "x.md"));
					symlinkSync(join(dir, "x.md"), join(dir, "content/posts/x.md"));
				},
			},
		);
		write("x.md", post("title: Second"));
		await eventually(() => expect(titles()).toEqual(["Second"]));
	});

	it("reports problems, keeps the last good output, and recovers", async () => {
		const { write, results, output, printed, titles } = await watched({ "posts/x.md": post("title: First") });
		const before = output();
		write("content/posts/x.md", post("title: Second\ndate: never"));
		await eventually(() => expect(results).toHaveLength(2));
		const [, failed] = results;
		expect(failed?.ok === false ? printed(failed.problems) : failed).toEqual([
			'content/posts/x.md:3: date: "never" is not a date; write one such as 2024-03-31 or 2024-03-31T09:30.',
		]);
		expect(output()).toEqual(before);

		write("content/posts/x.md", post("title: Third"));
		await eventually(() => expect(titles()).toEqual(["Third"]));
		expect(results.at(-1)).toMatchObject({ ok: true, changed: true });
	});

	it("reports a success after an error was undone", async () => {
		const { write, results } = await watched({ "posts/x.md": post() });
		write("content/posts/x.md", "");
		await eventually(() => expect(results.at(-1)?.ok).toBe(false));
		write("content/posts/x.md", post());
		await eventually(() => expect(results.at(-1)).toMatchObject({ ok: true, changed: false }));
	});

	it("debounces edits", async () => {
		const { write, results, titles } = await watched({});
		for (let number = 0; number < 200; number++)
			write(`content/posts/${number}.md`, post(`title: T${number}`));
		await eventually(() => expect(titles()).toHaveLength(200));
		expect(results.length).toBeLessThan(20);
	});

	it("reports nothing for a save without changes", async () => {
		const cache = createContentCache();
		const { dir, write, results, titles } = await watched({ "posts/x.md": post("title: First") }, { cache });
		const path = join(dir, "content/posts/x.md");
		utimesSync(path, 1e9, 1e9);
		await eventually(() => expect(cache.posts.get(path)?.stamp).toContain(":1000000000000:"));
		write("content/posts/.x.md.swp", "an editor's");
		write("content/posts/y.md", post("title: Second\ndate: 2025-01-01"));
		await eventually(() => expect(titles()).toEqual(["Second", "First"]));
		expect(results).toHaveLength(2);
	});

	it("picks up the theme", async () => {
		const { write, builtContent } = await watched({
			"site.yaml": "title: Cats\ntheme: sea.css\n",
			"themes/sea.css": "a { color: red }",
		});
		const custom = () => customRules(builtContent().theme.css);
		expect(await custom()).toBe("a{color:red}");
		write("content/themes/sea.css", "a { color: blue }");
		await eventually(async () => expect(await custom()).toBe("a{color:#00f}"));
		write("content/site.yaml", "title: Cats\ntheme: folio\n");
		const { style } = await buildStyleSheet(
			[...builtInStyles].filter((path) => /(base|folio)\.css$/.test(path)),
		);
		await eventually(() => expect(builtContent().theme.css.startsWith(style.css)).toBe(true));
	});

	it("stops watching every folder when closed", async () => {
		const watchers = () => process.getActiveResourcesInfo().filter((name) => name === "FSEventWrap").length;
		const { watcher } = await watched({ "posts/a/b/x.md": post() });
		expect(watchers()).toBeGreaterThan(0);
		watcher.close();
		await eventually(() => expect(watchers()).toBe(0));
	});

	it("reports nothing after it is closed", async () => {
		const { write, watcher, results, dir, options } = await watched({ "posts/x.md": post("title: First") });
		watcher.close();
		write("content/posts/x.md", post("title: Second"));
		// Another watcher that has heard shows that this one would have.
		const heard = vi.fn();
		const other = watchContent({ ...options, outDir: join(dir, "other"), onBuild: heard });
		onTestFinished(() => other.close());
		await eventually(() => expect(heard).toHaveBeenCalledTimes(1));
		write("content/posts/x.md", post("title: Third"));
		await eventually(() => expect(heard).toHaveBeenCalledTimes(2));
		expect(results).toHaveLength(1);
	});
});
