import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundleEngine } from "./bundle.ts";

/** Bundles the Worker once for all projects of a run, and again when tests are run again. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
	if (process.env.EDGECAT_TEST_ENGINE !== undefined) return;
	const folder = await mkdtemp(join(tmpdir(), "edgecat-engine-"));
	const file = join(folder, "worker.js");
	process.env.EDGECAT_TEST_ENGINE = file;
	await bundleEngine(file);
	project.onTestsRerun(() => bundleEngine(file));
	return async () => {
		delete process.env.EDGECAT_TEST_ENGINE;
		await rm(folder, { recursive: true, force: true });
	};
}
