import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { png, post, workspace } from "../../support/workspace.ts";

const main = new URL("../../../src/cli/build.ts", import.meta.url).pathname;

/** Runs the build in a folder, as wrangler does. */
function run(cwd: string, env: Record<string, string> = {}) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [main], {
		cwd,
		env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
		encoding: "utf8",
	});
	return { status, stdout, stderr };
}

describe("the build command", () => {
	it("builds content/ into .edgecat/ and prints a summary", () => {
		const { dir } = workspace({ "posts/x.md": post() });
		const { status, stdout, stderr } = run(dir);
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		// Then it tells the id to paste, another for each blog that has no address yet.
		expect(stdout).toMatch(
			/^Built 1 post and 0 pages in \d+ ms\.\nAdd this line to site\.yaml, [^\n]+:\nblog_id: [\da-f-]{36}\n$/,
		);
		expect(existsSync(join(dir, ".edgecat/index.js"))).toBe(true);
	});

	it("reads its folders from the environment", () => {
		const { dir, remove } = workspace();
		remove("content");
		const other = workspace({ "posts/x.md": post() });
		const result = run(dir, { CONTENT_DIR: other.options.contentDir, OUTPUT_DIR: "made" });
		expect(result.status).toBe(0);
		expect(existsSync(join(dir, "made/index.js"))).toBe(true);
	});

	it("prints every error with its relative path, and fails", () => {
		const { dir } = workspace({ "posts/x.md": post("date: 2024-02-30\ncategorys: a") });
		const { status, stdout, stderr } = run(dir);
		expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
		expect(stderr).toBe(
			[
				'content/posts/x.md:3: date: "2024-02-30" does not exist; write a date such as 2024-02-29.',
				'content/posts/x.md:4: categorys: unknown key; did you mean "categories"?',
				"Build failed: 2 errors.",
				"",
			].join("\n"),
		);
		expect(existsSync(join(dir, ".edgecat"))).toBe(false);
	});

	it("prints warnings before the summary", () => {
		const { dir } = workspace({ "media/x.png": png(1, 1), "posts/x.md": post("", "![](/media/x.png)\n") });
		const { status, stderr } = run(dir);
		expect(status).toBe(0);
		expect(stderr).toBe(
			'content/posts/x.md:5: warning: image "/media/x.png" has no alt text; describe it between the brackets, as in ![A sleeping cat](/media/x.png).\n',
		);
	});

	it("does nothing under npm start, which has its own watcher", () => {
		const { dir } = workspace({ "posts/x.md": "broken" });
		expect(run(dir, { EDGECAT_SKIP_BUILD: "1" })).toEqual({ status: 0, stdout: "", stderr: "" });
	});
});
