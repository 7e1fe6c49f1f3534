import { buildContent } from "./build.ts";
import { formatReport } from "./report.ts";

// Wrangler runs this before bundling. The npm commands build the content themselves and set the variable to skip it.
if (process.env.EDGECAT_SKIP_BUILD !== "1") {
	const started = performance.now();
	const result = await buildContent({
		contentDir: process.env.CONTENT_DIR || "content",
		outDir: process.env.OUTPUT_DIR || ".edgecat",
	});
	const { problems, summary } = formatReport(result, performance.now() - started);
	for (const problem of problems) console.error(problem);
	if (result.ok) console.log(summary);
	else {
		console.error(summary);
		process.exitCode = 1;
	}
}
