import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { bundleLocalWorker } from "../../src/cli/local-worker.ts";

const folder = mkdtempSync(join(tmpdir(), "edgecat-local-worker-"));
const stored = join(folder, "worker.json");
afterAll(() => rmSync(folder, { recursive: true }));

async function open() {
	const worker = await bundleLocalWorker(stored);
	onTestFinished(() => worker.dispose());
	return worker;
}

it("keeps the Worker of the last start until its source changes", async () => {
	const script = (await open()).script();
	expect(script).toContain("If-None-Match");

	const kept = JSON.parse(readFileSync(stored, "utf8"));
	expect(Object.keys(kept.files)).toContain("src/app.ts");
	expect(Object.keys(kept.files)).toContain("node_modules/hono/dist/hono.js");
	writeFileSync(stored, JSON.stringify({ ...kept, script: "// kept" }));
	const again = await open();
	expect(again.script()).toBe("// kept");

	// Watching bundles it anew, and so finds that it is another.
	const onChange = vi.fn();
	await again.watch(onChange);
	await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce(), { timeout: 30_000 });
	expect(again.script()).toBe(script);

	const states = JSON.parse(readFileSync(stored, "utf8"));
	states.files["src/app.ts"] = "1 1";
	writeFileSync(stored, JSON.stringify({ ...states, script: "// of another source" }));
	expect((await open()).script()).toBe(script);
});
