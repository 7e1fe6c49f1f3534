import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, in order; begun last, one of them would keep a single core busy at the end. */
const slowest = [
	"test/browser/own-name.test.ts",
	"test/browser/main-job.test.ts",
	"test/browser/themes.test.ts",
	"test/browser/admin.test.ts",
	"test/browser/hostile.test.ts",
	"test/browser/pages.test.ts",
	"test/browser/navigating.test.ts",
	"test/cli/start.test.ts",
	"test/cli/export/static.test.ts",
	"test/cli/wrangler-d1.test.ts",
	"test/cli/export/export.test.ts",
	"test/laws/import/laws.test.ts",
	"test/laws/posts/markdown/linear-time.test.ts",
	"test/laws/web/parsers.test.ts",
	"test/worker/web/any-request.test.ts",
	"test/worker/web/concurrency.test.ts",
	"test/worker/caching/coherence.test.ts",
	"test/worker/web/budgets.test.ts",
	"test/worker/web/authorisation.test.ts",
	"test/worker/web/erasure.test.ts",
	"test/worker/web/identities.test.ts",
	"test/worker/web/auth-bypass.test.ts",
	"test/worker/web/operations.test.ts",
	"test/worker/web/headers.test.ts",
	"test/worker/web/admin-without-database.test.ts",
	"test/worker/web/write-limits.test.ts",
	"test/worker/web/challenges.test.ts",
	"test/worker/web/admin.test.ts",
];

/** Runs the projects one after another, and the slowest files of each first. */
export class SlowestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const rank = ({ moduleId }: TestSpecification) => {
			const at = slowest.indexOf(relative(this.ctx.config.root, moduleId));
			return at === -1 ? slowest.length : at;
		};
		const sorted = await super.sort(files);
		return sorted.sort((a, b) => (a.project.name === b.project.name ? rank(a) - rank(b) : 0));
	}
}
