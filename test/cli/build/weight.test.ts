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
		const size = worker.texts.reduce((sum, { text }) => sum + gzipSync(text).length, 0);
		console.log(`The sample posts: ${(size / kilobyte).toFixed(0)} KB gzipped`);
		expect(worker.texts).toHaveLength(2);
		expect(size).toBeLessThan(80 * kilobyte);
	});

	it("evaluates the areas of visitors and members on demand", () => {
		const evaluated = Array.from(worker.evaluated).filter((file) =>
			/web\/(?:admin|visitor)\/index/.test(file),
		);
		expect(worker.inputs).toContain("src/web/admin/index.ts");
		expect(evaluated).toEqual([]);
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
			"unhomoglyph",
		]) {
			expect(packages).not.toContain(name);
		}
	});
});
