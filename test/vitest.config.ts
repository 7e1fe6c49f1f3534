import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { SlowestFiles } from "./support/slowest-files.ts";
import { SlowestFirst } from "./support/slowest-first.ts";
import { useTemporaryFolder } from "./support/temporary-folder.ts";

useTemporaryFolder();

/** A project per folder. Its files share a worker process, and with it workerd, databases and Chromium. */
const project = (name: string, globalSetup: string[] = []) => ({
	extends: true as const,
	test: {
		name,
		include: [`test/${name}/**/*.test.ts`],
		globalSetup,
		setupFiles: ["test/support/property-seed.ts"],
	},
});

const engine = "test/support/bundle-engine.ts";

export default defineConfig({
	root: new URL("..", import.meta.url).pathname,
	test: {
		projects: [
			project("browser", ["test/support/announce-chromium.ts", engine]),
			project("cli"),
			project("laws"),
			project("unit"),
			project("worker", [engine]),
		],
		isolate: false,
		// Each process may run a workerd or a browser of its own; more of them than cores starve each other.
		maxWorkers: Math.max(2, availableParallelism()),
		sequence: { sequencer: SlowestFirst },
		reporters: ["default", new SlowestFiles()],
		// With compiled code on disk, commands that tests run start in two thirds of the time.
		env: { NODE_COMPILE_CACHE: new URL("../node_modules/.cache/compiled", import.meta.url).pathname },
		testTimeout: 60_000,
		expect: { poll: { timeout: 50_000 } },
		hookTimeout: 120_000,
	},
});
