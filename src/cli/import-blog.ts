import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { displayPath } from "../build/problems.ts";
import { importedCommentRepository } from "../db/imported-comments.ts";
import { importedRowRepository } from "../db/imported-rows.ts";
import { type AddressReport, blogAt, checkAddresses } from "../import/check-addresses.ts";
import { formatCost } from "../import/cost.ts";
import { ImportError } from "../import/error.ts";
import { mediaFetcher } from "../import/fetch-media.ts";
import { parseMap, runImport } from "../import/import.ts";
import { openExport } from "../import/input/open.ts";
import { formatMenus, type Menu } from "../import/menus.ts";
import { formatCounts, formatReport, formatReports } from "../import/report.ts";
import { openSpool, type Spool } from "../import/spool.ts";
import { wrap } from "../import/wrap.ts";
import { fail } from "./command.ts";
import { readConfig } from "./config.ts";
import { databaseReason } from "./database-error.ts";
import type { ImportArguments } from "./import-command.ts";
import { openImportD1, samePersistTo } from "./import-d1.ts";
import { terminalProgress } from "./progress.ts";
import { printable } from "./terminal.ts";
import { credentialsHint, isDatabaseMissing, isUnmigrated } from "./wrangler-errors.ts";

/** Runs an import, or plans it. */
export async function importBlog(args: ImportArguments): Promise<0 | 1> {
	const loaded = readConfig({ ...process.env, PORT: undefined });
	if (!loaded.ok) return fail(loaded.problems.join("\n"));
	const { contentDir, persistTo } = loaded.config;
	const map = args.map === null ? { ok: true as const, map: new Map() } : readMap(args.map);
	if (!map.ok) return fail(map.message);

	const { show, end } = terminalProgress();
	const interrupt = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupt.abort());
	const spool = openSpool();
	const database = { close: async () => {} };
	try {
		const opened = await openExport(args.path, args.format);
		for (const { file, format } of opened.exports) console.error(`${file.name}: ${format.title}`);
		const d1 = await openImportD1(args, persistTo);
		Object.assign(database, d1);
		const { waiting, menus } = await runImport(opened, spool, {
			contentDir,
			address: args.url,
			timezone: args.timezone,
			map: map.map,
			mediaDir: args.media,
			fetchMedia: args.fetchMedia ? mediaFetcher : null,
			emails: args.emails,
			apply: args.apply,
			repository: d1 === null ? null : importedCommentRepository(d1.d1, d1.bytesPerStatement),
			rowRepository: d1 === null ? null : importedRowRepository(d1.d1, d1.bytesPerStatement),
			batch: d1?.batch ?? { characters: 500_000, comments: 500 },
			commentLimit: args.limit,
			now: Date.now(),
			progress: show,
			signal: interrupt.signal,
		});
		opened.close();
		end();
		await printResult(spool, args, waiting, menus);
		if (args.check !== null)
			return printAddresses(await checkAddresses(spool, blogAt(args.check), show), args.check, end);
		return 0;
	} catch (error) {
		end();
		if (interrupt.signal.aborted) {
			return fail("Stopped. What was imported stays; run the same command again to go on from here.");
		}
		if (error instanceof ImportError) return fail(printable(error.message));
		return fail(databaseMessage(error, args.remote, persistTo));
	} finally {
		spool.close();
		await database.close();
	}
}

function readMap(path: string): ReturnType<typeof parseMap> {
	if (!existsSync(path)) return { ok: false, message: `${path} does not exist; name the file for --map.` };
	const parsed = parseMap(readFileSync(path, "utf8"));
	return parsed.ok ? parsed : { ok: false, message: `${displayPath(path)}: ${parsed.message}` };
}

function printAddresses({ asked, wrong }: AddressReport, origin: string, end: () => void): 0 | 1 {
	end();
	const count = asked.toLocaleString("en");
	if (wrong.length === 0) {
		console.log(`\nAll ${count} old addresses lead to their new places at ${origin}.`);
		return 0;
	}
	console.log(
		`\nOf ${count} old addresses, ${wrong.length.toLocaleString("en")} do not lead to their new places at ${origin}:`,
	);
	for (const problem of wrong) console.log(`  ${printable(problem)}`);
	return 1;
}

async function printResult(
	spool: Spool,
	{ apply, report, remote }: ImportArguments,
	waiting: number,
	menus: readonly Menu[],
): Promise<void> {
	const width = Math.min(Math.max(process.stdout.columns ?? 80, 40), 100);
	console.log(apply ? "\nImported:\n" : "\nWith --apply, this will be imported:\n");
	console.log(formatCounts(spool.tallies(), apply));
	const reports = formatReports(spool, width);
	if (reports !== "")
		console.log(`\nLeft out, changed, or worth a look:\n\n${reports.split("\n").map(printable).join("\n")}`);
	if (report !== null) {
		const lines = Array.from(spool.reports(), formatReport);
		await writeFile(report, `${lines.join("\n")}\n`, { mode: 0o600 });
		console.log(`\nThe whole report is in ${displayPath(report)}.`);
	}
	if (menus.length > 0) {
		console.log("\nMenus of the old blog; add the links you want to site.yaml:\n");
		console.log(formatMenus(menus).split("\n").map(printable).join("\n").trimEnd());
	}
	const cost = formatCost(spool, remote, width);
	if (!apply && cost !== "") console.log(`\n${cost}`);
	if (!apply) console.log("\nNothing was written. Add --apply to import.");
	else if (waiting > 0) {
		console.log(
			`\n${waiting.toLocaleString("en")} comments are left for another run; run the same command again.`,
		);
	} else if (remote)
		console.log("\nDone. The comments are on the deployment; npm run deploy publishes the posts.");
	else {
		const done =
			"Done. Read the posts with npm start. To publish them, run npm run deploy, then the same command with --remote for the comments.";
		console.log(`\n${wrap(done, width)}`);
	}
}

function databaseMessage(error: unknown, remote: boolean, state: string): string {
	const reason = databaseReason(error);
	if (reason === null) throw error;
	if (/UNIQUE constraint failed: comments\.id/.test(reason)) {
		return "Somebody commented while the import was running; run the same command again to go on from here.";
	}
	const hint = credentialsHint(reason);
	if (hint !== null) return hint;
	if (isDatabaseMissing(reason) || isUnmigrated(reason)) return noDatabase(remote, state);
	return `The database refused: ${reason}. What was imported stays; run the same command again to go on from here.`;
}

/** Explains that there is no database to import into. */
function noDatabase(remote: boolean, state: string): string {
	return remote
		? "This deployment has no database yet; run npm run deploy first."
		: `There is no database in ${join(state)} yet, or it is not migrated; run npm start once${samePersistTo()}.`;
}
