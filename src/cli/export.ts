/** `npm run export -- DIR`: writes the whole blog in open formats. */
import { resolve } from "node:path";
import { displayPath } from "../build/problems.ts";
import { command, fail } from "./command.ts";
import { readConfig } from "./config.ts";
import { type ExportArguments, exportInterface, parseExportCommand } from "./export-command.ts";
import { terminalProgress } from "./progress.ts";

process.exitCode = await command(exportInterface, parseExportCommand, main);

async function main({ dir, remote, env, ...args }: ExportArguments): Promise<0 | 1> {
	const loaded = readConfig({ ...process.env, PORT: undefined });
	if (!loaded.ok) return fail(loaded.problems.join("\n"));
	const { contentDir, outDir, persistTo } = loaded.config;
	const { variantsFolder } = await import("../build/build.ts");
	const { createContentCache, readContent } = await import("../build/content.ts");
	const { formatProblem } = await import("../build/problems.ts");
	const { exportBlog } = await import("../export/export.ts");
	const { ExportError } = await import("../export/error.ts");
	const { openD1 } = await import("./open-d1.ts");
	const { show, end } = terminalProgress();
	const content = await readContent(contentDir, variantsFolder(outDir), createContentCache());
	if (content.problems.length > 0) return fail(content.problems.map(formatProblem).join("\n"));
	const opened = await openD1({ remote, env }, persistTo);
	const common = { content, dir: resolve(dir), now: Date.now(), progress: show };
	try {
		if (opened === null) console.error(`There is no database in ${persistTo}; the export has no comments.`);
		if (args.static) {
			const { exportStatic } = await import("./export-static.ts");
			const database = opened === null ? null : { d1: opened.d1, isRemote: remote };
			const { files, lost, problems } = await exportStatic({ ...common, url: args.url, opened: database });
			end();
			for (const link of lost) console.error(`${link} led nowhere before; it is no link in the copy.`);
			for (const problem of problems) console.error(problem);
			console.log(
				`${files.toLocaleString("en")} files are in ${displayPath(dir)}; open index.html, or upload the folder.`,
			);
			return problems.length === 0 ? 0 : 1;
		}
		const counts = await exportBlog({ ...common, contentDir, d1: opened?.d1 ?? null });
		end();
		const parts = Object.entries(counts).map(([name, count]) => `${count.toLocaleString("en")} ${name}`);
		const entries = `${content.posts.length} posts, ${content.manifest.pages.length} pages`;
		console.log(`${[entries, ...parts].join(", ")} are in ${displayPath(dir)}.`);
		return 0;
	} catch (error) {
		end();
		if (error instanceof ExportError) return fail(error.message);
		const { backupProblem } = await import("./backup-problem.ts");
		return fail(backupProblem(error, remote, persistTo));
	} finally {
		opened?.close();
	}
}
