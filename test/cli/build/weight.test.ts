import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildContent } from "../../../src/build/build.ts";
import { type Bundle, bundleWorker } from "../../support/bundle.ts";

const content = new URL("../../../content", import.meta.url).pathname;
const kilobyte = 1024;
let outDir: string;
let worker: Bundle;

beforeAll(async () => {
	outDir = mkdtempSync(join(tmpdir(), "edgecat-weight-"));
	await buildContent({ contentDir: content, outDir });
	worker = await bundleWorker("src/index.ts", outDir, { minify: true });
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

describe("the Worker with the sample content, compressed as for the upload", () => {
	// Raise a limit only with a reason in the commit: every byte is parsed by every isolate that starts.
	it("has a script of at most 480 KB", () => {
		const size = gzipSync(worker.script).length;
		console.log(`The Worker's script: ${(size / kilobyte).toFixed(0)} KB gzipped`);
		expect(size).toBeLessThan(480 * kilobyte);
	});

	it("has at most 80 KB of sample posts, as HTML and as Markdown", () => {
		const posts = worker.texts.filter(({ name }) => name.endsWith(".txt"));
		const size = posts.reduce((sum, { text }) => sum + gzipSync(text).length, 0);
		console.log(`The sample posts: ${(size / kilobyte).toFixed(0)} KB gzipped`);
		expect(posts).toHaveLength(2);
		expect(size).toBeLessThan(80 * kilobyte);
	});

	it("evaluates all but the pages of posts on demand", () => {
		const evaluated = Array.from(worker.evaluated).filter((file) =>
			/web\/(?:admin|visitor|api|site)\/index|src\/(?:db|moderation)\/(?!metering|session)|src\/scheduled/.test(
				file,
			),
		);
		for (const file of ["src/web/admin/index.ts", "src/db/schema.ts", "src/scheduled.ts"])
			expect(worker.inputs).toContain(file);
		expect(evaluated).toEqual([]);
	});

	it("has the table of look-alike characters as a text, which nothing compiles", () => {
		expect(worker.texts.map(({ name }) => name)).toContain("data.json");
		expect(Array.from(worker.inputs).filter((file) => file.includes("unhomoglyph"))).toEqual([]);
	});

	it("evaluates rarely needed modules on demand", () => {
		const packages = new Set(
			Array.from(worker.evaluated, (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? ""),
		);
		expect(packages).toContain("hono");
		// The build renders formulas and code, and all posts.
		expect(
			Array.from(worker.inputs).filter((file) => /temml|highlight|posts\/markdown\.ts/.test(file)),
		).toEqual([]);
		for (const name of [
			"marked",
			"xss",
			"xast-util-to-xml",
			"htmlparser2",
			"entities",
			"@simplewebauthn/server",
			"jose",
			"drizzle-orm",
			"valibot",
			"ipaddr.js",
		]) {
			expect(packages).not.toContain(name);
		}
	});
});
