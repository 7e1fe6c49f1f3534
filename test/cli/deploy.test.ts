import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
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
			/^Built 1 post and 0 pages in \d+ ms\.\n(?:Add this line.+\nblog_id: .+\n)?Worker: \d{2,}\.\d KB, \d{2,}\.\d KB gzipped\.\nAssets: \d+\.\nBindings:\n(?: {2}env\..*\n)+Dry run: nothing was deployed\.\n$/,
		);
		expect(stdout).toContain("env.DB (edgecat-staging)");
		expect(code).toBe(0);
	});

	it("stops at an error in the content before it contacts Cloudflare", async () => {
		const folder = temporaryFolder();
		const files = { ...site, "posts/one.md": "---\ntitle: One\ndate: 2026-13-02\n---\n" };
		const env = {
			CONTENT_DIR: writeFiles(`${folder}/content`, files),
			PERSIST_TO: `${folder}/state`,
			HOME: folder,
		};
		const { code, stdout, stderr } = await runCommand("deploy", [], env);
		expect(stderr).toMatch(
			/content\/posts\/one\.md:3: date: .*\nBuild failed: 1 error\. Nothing was deployed\.\n$/,
		);
		expect(stdout).toBe("");
		expect(code).toBe(1);
	});

	it("says how to log in", async () => {
		const folder = temporaryFolder();
		const env = {
			CONTENT_DIR: writeFiles(`${folder}/content`, site),
			PERSIST_TO: `${folder}/state`,
			HOME: folder,
		};
		const { code, stderr } = await runCommand("deploy", [], env);
		expect(stderr).toMatch(/^Not logged in to Cloudflare: run npx wrangler login/);
		expect(code).toBe(1);
	});

	it("says in a sentence that Cloudflare refused the token", async () => {
		const api = createServer((_, response) => {
			const errors = [{ code: 10000, message: "Authentication error" }];
			response.writeHead(403, { "content-type": "application/json" });
			response.end(JSON.stringify({ success: false, errors, messages: [], result: null }));
		}).listen(0, "127.0.0.1");
		onTestFinished(() => void api.close());
		await once(api, "listening");
		const { port } = api.address() as AddressInfo;
		const folder = temporaryFolder();
		const { code, stderr } = await runCommand("deploy", [], {
			CONTENT_DIR: writeFiles(`${folder}/content`, site),
			PERSIST_TO: `${folder}/state`,
			HOME: folder,
			CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
			CLOUDFLARE_API_TOKEN: "refused",
			CLOUDFLARE_ACCOUNT_ID: "account",
		});
		expect(stderr).toMatch(/^Cloudflare refused the credentials: .* Then run this again\.\n$/);
		expect(code).toBe(1);
	});

	it("shows the usage for an unknown option", async () => {
		const { code, stderr } = await runCommand("deploy", ["--production"], {});
		expect(stderr).toContain("Usage: npm run deploy -- [--dry-run] [--env staging]");
		expect(code).toBe(2);
	});
});
