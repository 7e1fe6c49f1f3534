import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { projectRoot } from "../../src/cli/config.ts";
import { localDatabaseFile } from "../../src/cli/local-database.ts";
import { migrateLocally } from "../../src/cli/migrate.ts";
import { sqliteD1 } from "../../src/cli/sqlite-d1.ts";
import { fillThread } from "../support/fill.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const comments = 200_000;

/** Backs up a blog with many comments, verifies the backup and restores it, and measures time and memory. */
export async function backup(folder: string, add: Add): Promise<void> {
	const state = join(folder, "backup-state");
	const failure = await migrateLocally(state);
	if (failure !== null) throw new Error(failure);
	const database = new DatabaseSync(await localDatabaseFile(state));
	for (let post = 0; post < 20; post++) {
		await fillThread(sqliteD1(database), { postId: `post-${post}`, count: comments / 20, branch: 10 });
	}
	database.close();
	const file = join(folder, "backup.jsonl.gz");
	const size = `${comments.toLocaleString("en")} comments`;
	for (const [what, command, args, to] of [
		[`Backing up ${size}`, "backup", [file], state],
		[`Verifying the backup of ${size}`, "backup", ["--verify", file], state],
		[`Restoring ${size}`, "restore", [file], join(folder, "restored-state")],
	] as const) {
		const { seconds, megabytes } = await run(command, args, to);
		add(`${what}: time`, `${seconds.toFixed(0)} s`, "", null);
		add(`${what}: peak memory`, `${megabytes.toFixed(0)} MB`, "under 300 MB", megabytes < 300);
	}
	const megabytes = statSync(file).size / 2 ** 20;
	add(`The backup of ${size}`, `${megabytes.toFixed(1)} MB`, "", null);
}

/** Runs a command as package.json does, and returns its time and the most memory its process had. */
async function run(
	name: string,
	args: readonly string[],
	state: string,
): Promise<{ seconds: number; megabytes: number }> {
	const started = performance.now();
	const report = "process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))";
	const child = spawn(
		process.execPath,
		[
			"--max-old-space-size=112",
			"--max-semi-space-size=4",
			"--import",
			`data:text/javascript,${report}`,
			`src/cli/${name}.ts`,
			...args,
		],
		{ cwd: projectRoot, env: { ...process.env, PERSIST_TO: state }, stdio: ["ignore", "ignore", "pipe"] },
	);
	let output = "";
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		output += text;
	});
	const [code] = await once(child, "close");
	if (code !== 0) throw new Error(output);
	const peak = Number(/^peak (\d+)$/m.exec(output)?.[1]);
	return { seconds: (performance.now() - started) / 1000, megabytes: peak / 1024 };
}
