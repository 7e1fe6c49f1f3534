import type { Reporter, TestModule } from "vitest/node";

const shown = 20;

/** Prints the slowest files of a run, with the time of their hooks and imports. */
export class SlowestFiles implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		if (modules.length <= shown) return;
		const rows = modules
			.map((module) => {
				const { collectDuration, duration } = module.diagnostic();
				return { path: module.relativeModuleId, seconds: (collectDuration + duration) / 1000 };
			})
			.sort((a, b) => b.seconds - a.seconds)
			.slice(0, shown);
		console.log(`\nSlowest ${shown} of ${modules.length} files:`);
		for (const { path, seconds } of rows) console.log(`${seconds.toFixed(1).padStart(7)} s  ${path}`);
	}
}
