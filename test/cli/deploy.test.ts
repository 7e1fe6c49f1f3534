import { describe, expect, it } from "vitest";
import { runCommand } from "./command.ts";
import { temporaryFolder, writeFiles } from "./temporary.ts";

const site = {
	"site.yaml": "title: Cats\n",
	"posts/one.md": "---\ntitle: One\ndate: 2026-01-02\n---\nText.\n",
};

describe("npm run deploy", { timeout: 120_000 }, () => {
	it("measures the Worker in a dry run, with no account and no network", async () => {
		const folder = temporaryFolder();
		const env = {
			CONTENT_DIR: writeFiles(`${folder}/content`, site),
			PERSIST_TO: `${folder}/state`,
			HOME: folder,
		};
		const { code, stdout, stderr } = await runCommand("deploy", ["--dry-run", "--env", "staging"], env);
		expect(stderr).toBe("");
		expect(stdout).toMatch(
			/^Built 1 post and 0 pages in \d+ ms\.\nWorker: \d{2,}\.\d KB, \d{2,}\.\d KB gzipped\.\nAssets: 0\.\nBindings:\n(?: {2}env\..*\n)+This was a dry run; nothing was deployed\.\n$/,
		);
		expect(stdout).toContain("env.DB (edgecat-staging)");
		expect(code).toBe(0);
	});

	it("stops at a mistake in the content before it asks Cloudflare anything", async () => {
		const folder = temporaryFolder();
		const files = { ...site, "posts/one.md": "---\ntitle: One\ndate: 2026-13-02\n---\n" };
		const env = {
			CONTENT_DIR: writeFiles(`${folder}/content`, files),
			PERSIST_TO: `${folder}/state`,
			HOME: folder,
		};
		const { code, stdout, stderr } = await runCommand("deploy", [], env);
		expect(stderr).toMatch(
			/content\/posts\/one\.md:3: date: .*\nThe content was not built: 1 mistake\. Nothing was deployed\.\n$/,
		);
		expect(stdout).toBe("");
		expect(code).toBe(1);
	});

	it("sends a stranger to log in", async () => {
		const folder = temporaryFolder();
		const env = {
			CONTENT_DIR: writeFiles(`${folder}/content`, site),
			PERSIST_TO: `${folder}/state`,
			HOME: folder,
		};
		const { code, stderr } = await runCommand("deploy", [], env);
		expect(stderr).toMatch(/^Cloudflare does not know you: run npx wrangler login/);
		expect(code).toBe(1);
	});

	it("shows how it is used when it does not understand", async () => {
		const { code, stderr } = await runCommand("deploy", ["--production"], {});
		expect(stderr).toContain("Usage: npm run deploy -- [--dry-run] [--env staging]");
		expect(code).toBe(1);
	});
});
