import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { png, post, workspace } from "./workspace.ts";

const main = new URL("../../src/publish/main.ts", import.meta.url).pathname;

/** Runs the build as wrangler does, in a folder. */
function run(cwd: string, env: Record<string, string> = {}) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [main], {
		cwd,
		env: { PATH: process.env.PATH, ...env },
		encoding: "utf8",
	});
	return { status, stdout, stderr };
}

describe("the build command", () => {
	it("builds content/ into .edgecat/ and says so in one line", () => {
		const { dir } = workspace({ "posts/x.md": post() });
		const { status, stdout, stderr } = run(dir);
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		expect(stdout).toMatch(/^Built 1 post and 0 pages in \d+ ms\.\n$/);
		expect(existsSync(join(dir, ".edgecat/index.js"))).toBe(true);
	});

	it("takes its folders from the environment", () => {
		const { dir, remove } = workspace();
		remove("content");
		const other = workspace({ "posts/x.md": post() });
		const result = run(dir, { CONTENT_DIR: other.options.contentDir, OUTPUT_DIR: "made" });
		expect(result.status).toBe(0);
		expect(existsSync(join(dir, "made/index.js"))).toBe(true);
	});

	it("prints every mistake by the path its owner would type, and fails", () => {
		const { dir } = workspace({ "posts/x.md": post("date: 2024-02-30\ncategorys: a") });
		const { status, stdout, stderr } = run(dir);
		expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
		expect(stderr).toBe(
			[
				'content/posts/x.md:3: date: "2024-02-30" is not a day that exists; write a date such as 2024-02-29.',
				'content/posts/x.md:4: categorys: unknown key; did you mean "categories"?',
				"The content was not built: 2 mistakes.",
				"",
			].join("\n"),
		);
		expect(existsSync(join(dir, ".edgecat"))).toBe(false);
	});

	it("prints warnings before its line", () => {
		const { dir } = workspace({ "media/x.png": png(1, 1), "posts/x.md": post("", "![](/media/x.png)\n") });
		const { status, stderr } = run(dir);
		expect(status).toBe(0);
		expect(stderr).toBe(
			'content/posts/x.md:5: warning: image "/media/x.png" has no alt text; describe it between the brackets, as in ![A sleeping cat](/media/x.png).\n',
		);
	});

	it("leaves the content to the watcher of npm start", () => {
		const { dir } = workspace({ "posts/x.md": "broken" });
		expect(run(dir, { EDGECAT_WATCHED: "1" })).toEqual({ status: 0, stdout: "", stderr: "" });
	});
});
