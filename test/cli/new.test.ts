import { execFile } from "node:child_process";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newEntry } from "../../src/cli/new-entry.ts";
import { workspace } from "../support/workspace.ts";

const root = new URL("../..", import.meta.url).pathname;

describe("newEntry", () => {
	const make = (title: string, options: object = {}) =>
		newEntry({ title, page: false, draft: false, lang: null, ...options }, { language: "en" }, "2026-11-22");

	it("names a post by date and title, in any script, and sets the language of the title", () => {
		expect(make("Hello, harbour!")).toEqual({
			ok: true,
			path: "posts/2026/2026-11-22-hello-harbour.md",
			text: "---\ntitle: Hello, harbour!\ndate: 2026-11-22\nid: 2026/2026-11-22-hello-harbour\n---\n\n",
		});
		expect(make("雲と猫のはなし")).toEqual({
			ok: true,
			path: "posts/2026/2026-11-22-雲と猫のはなし.md",
			text: "---\ntitle: 雲と猫のはなし\ndate: 2026-11-22\nid: 2026/2026-11-22-雲と猫のはなし\nlang: ja\n---\n\n",
		});
	});

	it("creates drafts and pages", () => {
		expect(make("X: a “quoted” one", { draft: true, lang: "fr" })).toMatchObject({
			text: '---\ntitle: "X: a “quoted” one"\ndate: 2026-11-22\nid: 2026/2026-11-22-x-a-quoted-one\nlang: fr\ndraft: true\n---\n\n',
		});
		expect(make("About us", { page: true })).toEqual({
			ok: true,
			path: "pages/about-us.md",
			text: "---\ntitle: About us\nid: pages/about-us\n---\n\n",
		});
	});

	it("cuts the file name by bytes, between characters", () => {
		const titles = ["a", "é", "猫", "が".normalize("NFD"), "👩‍🚀", "ก็", "a-"].map((part) => part.repeat(400));
		for (const title of titles) {
			const made = make(title);
			const name = made.ok ? (made.path.split("/").at(-1) ?? "") : "";
			expect(Buffer.byteLength(name)).toBeLessThan(143);
			expect(Buffer.byteLength(name)).toBeGreaterThan(90);
			expect(name).toMatch(/[^-.]\.md$/);
			expect(name.isWellFormed()).toBe(true);
		}
	});

	it("gives an id that no other file has", () => {
		const taken = new Set(["2026/2026-11-22-a", "2026/2026-11-22-a-2"]);
		const made = newEntry(
			{ title: "A", page: false, draft: false, lang: null },
			{ language: "en" },
			"2026-11-22",
			(id) => taken.has(id),
		);
		expect(made.ok && made.text).toContain("\nid: 2026/2026-11-22-a-3\n");
	});

	it("returns an error message for a title without letters or digits", () => {
		expect(make("?!")).toEqual({
			ok: false,
			message: '"?!" has no letters or digits for a file name; choose another title.',
		});
	});
});

describe("npm run new", () => {
	it("creates a file that builds, and overwrites nothing", async () => {
		const space = workspace();
		const run = (...args: string[]) => command("src/cli/new.ts", args, space.options.contentDir, space.dir);
		const first = await run("Yes: 2001 & #1", "--draft");
		expect(first).toMatchObject({ code: 0, error: "" });
		const file = first.output.trim();
		expect(file).toMatch(/content\/posts\/\d{4}\/\d{4}-\d\d-\d\d-yes-2001-1\.md$/);
		expect(await space.build()).toMatchObject({ ok: true, posts: 1 });
		expect(space.builtContent().posts[0]).toMatchObject({ title: "Yes: 2001 & #1", draft: true });

		// A renamed file keeps its id, and so its comments; a new file of the first name gets another.
		const { id } = space.builtContent().posts[0] ?? {};
		const renamed = file.replace("yes-", "no-");
		renameSync(file, renamed);
		await space.build();
		expect(space.builtContent().posts[0]).toMatchObject({ id, slug: "no-2001-1" });
		expect(await run("Yes: 2001 & #1")).toMatchObject({ code: 0 });
		expect(await space.build()).toMatchObject({ ok: true, posts: 2 });

		const before = readFileSync(file, "utf8");
		expect(await run("Yes: 2001 & #1")).toMatchObject({
			code: 1,
			error: expect.stringContaining("already exists; choose another title or edit that file."),
		});
		expect(readFileSync(file, "utf8")).toBe(before);
	});

	it("prints one sentence for each error", async () => {
		const space = workspace();
		const run = async (...args: string[]) =>
			(await command("src/cli/new.ts", args, space.options.contentDir, space.dir)).error.trim();
		expect(await run()).toBe('Usage: npm run new -- "Title" [--page] [--lang ja] [--draft]');
		expect(await run("Two", "words")).toBe('Put the title in quotes: npm run new -- "Two words"');
		expect(await run("T", "--lang", "ja_JP")).toBe(
			'"ja_JP" is not a language tag; use one such as en, ja or pt-BR.',
		);
	});
});

describe("npm run preview-link", () => {
	it("prints a link signed with the local secret, and only for posts that are not public", async () => {
		const space = workspace({
			"posts/secret plan.md": "---\ntitle: Plan\ndate: 2024-01-01\ndraft: true\n---\nText.\n",
			"posts/out.md": "---\ntitle: Out\ndate: 2024-01-01\n---\nText.\n",
		});
		const run = (file: string, ...args: string[]) =>
			command(
				"src/cli/preview-link.ts",
				[join(space.options.contentDir, file), ...args],
				space.options.contentDir,
				space.dir,
			);
		const result = await run("posts/secret plan.md", "--days", "2");
		expect(result.output).toMatch(
			/^http:\/\/localhost:8787\/2024\/01\/01\/secret-plan\/\?preview=[\w-]+\.[\w-]+\.[\w-]+\n$/,
		);
		expect(result.error).toMatch(/^Anyone with this link can read the draft until .*\(UTC\)\.\n$/);
		const claims = JSON.parse(
			Buffer.from(result.output.split("preview=")[1]?.split(".")[1] ?? "", "base64url").toString(),
		);
		expect(claims.sub).toBe("secret plan");
		expect(Math.round((claims.exp * 1000 - Date.now()) / 86_400_000)).toBe(2);

		expect((await run("posts/out.md")).error).toMatch(
			/is public: http:\/\/localhost:8787\/2024\/01\/01\/out\/\n$/,
		);
		expect((await run("posts/none.md")).error).toMatch(/is not a post of this blog; name a file such as/);
		expect((await run("posts/out.md", "--remote")).error).toMatch(
			/^The link must be signed with the deployment's SIGNING_SECRET/,
		);
	});
});

/** Runs a command of the project on its own content folder. */
function command(script: string, args: string[], contentDir: string, dir: string) {
	const env = { ...process.env, CONTENT_DIR: contentDir, PERSIST_TO: join(dir, "state"), SIGNING_SECRET: "" };
	return new Promise<{ code: number; output: string; error: string }>((resolve) => {
		execFile(process.execPath, [script, ...args], { cwd: root, env }, (failure, output, error) =>
			resolve({ code: typeof failure?.code === "number" ? failure.code : 0, output, error }),
		);
	});
}
