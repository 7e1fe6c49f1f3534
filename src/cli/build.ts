/** `npm run build`: checks the content and builds the index that the Worker imports. Wrangler runs it before bundling. */
import { command, parseArguments } from "./command.ts";

const description = {
	summary: "Checks the content and builds the index that the Worker imports.",
	usage: ["npm run build"],
	options: {},
	positionals: false,
	environment: ["CONTENT_DIR", "OUTPUT_DIR"],
	example: "CONTENT_DIR=../my-blog npm run build",
} as const;

process.exitCode = await command(description, (args) => parseArguments(description, args), build);

async function build(): Promise<0 | 1> {
	// The other commands build the content themselves and set the variable, so that wrangler does not build it again.
	if (process.env.EDGECAT_SKIP_BUILD === "1") return 0;
	const { buildContent } = await import("../build/build.ts");
	const { formatReport } = await import("../build/report.ts");
	const started = performance.now();
	// Relative to the current folder, and not to another PERSIST_TO: wrangler.toml names the same folders.
	const built = await buildContent({
		contentDir: process.env.CONTENT_DIR || "content",
		outDir: process.env.OUTPUT_DIR || ".edgecat",
		cards: true,
	});
	const { problems, summary } = formatReport(built, performance.now() - started);
	for (const problem of problems) console.error(problem);
	if (built.ok) console.log(summary);
	else console.error(summary);
	return built.ok ? 0 : 1;
}
