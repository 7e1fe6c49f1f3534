/** `npm run comments`: lists, approves and deletes waiting comments, locally or on a deployment. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { commentRepository } from "../db/comments.ts";
import { command, fail } from "./command.ts";
import { commentsInterface, parseCommentsCommand } from "./comments-command.ts";
import { stateDir } from "./config.ts";
import { commentFinder, runQueueCommand } from "./queue.ts";
import { D1Error, wranglerD1 } from "./wrangler-d1.ts";
import { credentialsHint, isDatabaseMissing, isUnmigrated } from "./wrangler-errors.ts";

process.exitCode = await command(commentsInterface, parseCommentsCommand, main);

type Arguments = Extract<ReturnType<typeof parseCommentsCommand>, { ok: true }>;

async function main({ command, remote, env }: Omit<Arguments, "ok">): Promise<0 | 1> {
	const state = stateDir(process.env);
	if (!remote && !existsSync(join(state, "v3/d1"))) return fail(noDatabase(remote, state));
	try {
		const where = remote ? ["--remote", `--env=${env}`] : ["--local", "--persist-to", state, "--env="];
		const d1 = wranglerD1(where);
		const done = await runQueueCommand(command, {
			comments: commentRepository(d1),
			find: commentFinder(d1),
			now: Date.now,
		});
		if (!done.ok) return fail(done.message);
		console.log(done.message);
		return 0;
	} catch (error) {
		const text = reasonOf(error);
		const hint = credentialsHint(text);
		if (hint !== null) return fail(hint);
		if (isDatabaseMissing(text) || isUnmigrated(text)) return fail(noDatabase(remote, state));
		return fail(`The database could not be read: ${text}`);
	}
}

function noDatabase(remote: boolean, state: string): string {
	return remote
		? "This deployment has no database yet; run npm run deploy first."
		: `There is no database in ${state} yet; run npm start first, with the same PERSIST_TO.`;
}

/** Finds the D1 error that Drizzle wraps in an error quoting the whole statement. */
function reasonOf(error: unknown): string {
	for (let at = error; at instanceof Error; at = at.cause) if (at instanceof D1Error) return at.message;
	throw error;
}
