import { defineConfig } from "vitest/config";

export default defineConfig({
	root: new URL("..", import.meta.url).pathname,
	test: {
		include: ["test/**/*.test.ts"],
		globalSetup: ["test/support/announce-chromium.ts", "test/support/bundle-engine.ts"],
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// Each file may run a workerd or a browser of its own; more than two starve each other on a small machine.
		maxWorkers: 2,
	},
});
