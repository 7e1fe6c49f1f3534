import { deploymentOptions, type ParseResult, parseArguments, usageOf } from "./command.ts";

/** The interface of `npm run backup`. */
export const backupInterface = {
	summary: "Backs up comments and everything else that is stored, or checks a backup.",
	usage: ["npm run backup [-- FILE] [--remote]", "npm run backup -- --verify FILE"],
	options: {
		verify: { type: "boolean", help: "restore FILE into a temporary database and compare every row" },
		...deploymentOptions,
	},
	positionals: true,
	environment: ["PERSIST_TO"],
	example: "npm run backup -- blog.jsonl.gz --remote",
} as const;

/** The parsed arguments of `npm run backup`; `path` is null for a name with the time. */
export type BackupArguments = { path: string | null; verify: boolean; remote: boolean; env: string };

/** Parses the arguments of `npm run backup`, or returns an error message. */
export function parseBackupCommand(args: string[]): ParseResult<BackupArguments> {
	const parsed = parseArguments(backupInterface, args);
	if (!parsed.ok) return parsed;
	const { verify, remote, env } = parsed.values;
	const wrong = (message: string) => ({ ok: false as const, message });
	const [path, ...rest] = parsed.positionals;
	if (rest.length > 0) return wrong(`Name one file.\n${usageOf(backupInterface.usage)}`);
	if (verify && path === undefined)
		return wrong(`Name the backup to verify.\n${usageOf(backupInterface.usage)}`);
	if (env !== "" && !remote) return wrong(`--env ${env} selects a deployment; add --remote.`);
	return { ok: true, path: path ?? null, verify, remote, env };
}

/** The interface of `npm run restore`. */
export const restoreInterface = {
	summary: "Restores a backup into a new database, or in place of the rows of one.",
	usage: ["npm run restore -- FILE [--replace] [--remote]"],
	options: {
		replace: { type: "boolean", help: "replace all rows of a database that has some" },
		...deploymentOptions,
	},
	positionals: true,
	environment: ["PERSIST_TO"],
	example: "npm run restore -- blog.jsonl.gz",
} as const;

/** The parsed arguments of `npm run restore`. */
export type RestoreArguments = { path: string; replace: boolean; remote: boolean; env: string };

/** Parses the arguments of `npm run restore`, or returns an error message. */
export function parseRestoreCommand(args: string[]): ParseResult<RestoreArguments> {
	const parsed = parseArguments(restoreInterface, args);
	if (!parsed.ok) return parsed;
	const { replace, remote, env } = parsed.values;
	const [path, ...rest] = parsed.positionals;
	if (path === undefined || rest.length > 0) {
		return { ok: false, message: `Name one backup.\n${usageOf(restoreInterface.usage)}` };
	}
	if (env !== "" && !remote)
		return { ok: false, message: `--env ${env} selects a deployment; add --remote.` };
	return { ok: true, path, replace, remote, env };
}
