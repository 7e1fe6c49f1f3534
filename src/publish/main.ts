import { buildContent } from "./build.ts";
import { reportOf } from "./report.ts";

// Wrangler runs this before it bundles. Under `npm start` the content has a watcher of its own, and a failed build
// would make wrangler hold every request until it is mended.
if (process.env.EDGECAT_WATCHED !== "1") {
	const started = performance.now();
	const result = await buildContent({
		contentDir: process.env.CONTENT_DIR || "content",
		outDir: process.env.OUTPUT_DIR || ".edgecat",
	});
	const { problems, summary } = reportOf(result, performance.now() - started);
	for (const problem of problems) console.error(problem);
	if (result.ok) console.log(summary);
	else {
		console.error(summary);
		process.exitCode = 1;
	}
}
