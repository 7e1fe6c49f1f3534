import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundleEngine } from "./bundle.ts";

/** Bundles the Worker once for all the tests of a run, and again when they run again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-engine-"));
	const file = join(folder, "worker.js");
	await bundleEngine(file);
	process.env.EDGECAT_TEST_ENGINE = file;
	project.onTestsRerun(() => bundleEngine(file));
	return () => rm(folder, { recursive: true, force: true });
}
