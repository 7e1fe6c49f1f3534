/** `npm run comments`: lists, approves and deletes waiting comments, locally or on a deployment. */
import { command, fail } from "./command.ts";
import { commentsInterface, parseCommentsCommand } from "./comments-command.ts";
import { stateDir } from "./config.ts";
import { databaseReason } from "./database-error.ts";
import { type OpenD1, openD1 } from "./open-d1.ts";
import type { QueueCommand } from "./queue.ts";
import { credentialsHint, isDatabaseMissing, isUnmigrated } from "./wrangler-errors.ts";

process.exitCode = await command(commentsInterface, parseCommentsCommand, main);

type Arguments = Extract<ReturnType<typeof parseCommentsCommand>, { ok: true }>;

async function main({ command, remote, env }: Omit<Arguments, "ok">): Promise<0 | 1> {
	const state = stateDir(process.env);
	const database = await openD1({ remote, env }, state);
	if (database === null) return fail(noDatabase(remote, state));
	try {
		return await run(command, database);
	} catch (error) {
		const text = databaseReason(error);
		if (text === null) throw error;
		const hint = credentialsHint(text);
		if (hint !== null) return fail(hint);
		if (isDatabaseMissing(text) || isUnmigrated(text)) return fail(noDatabase(remote, state));
		return fail(`The database could not be read: ${text}`);
	} finally {
		database.close();
	}
}

async function run(command: QueueCommand, { d1 }: OpenD1): Promise<0 | 1> {
	const { commentRepository } = await import("../db/comments.ts");
	const { commentFinder, runQueueCommand } = await import("./queue.ts");
	const comments = commentRepository(d1);
	const done = await runQueueCommand(command, { comments, find: commentFinder(d1), now: Date.now });
	if (!done.ok) return fail(done.message);
	console.log(done.message);
	return 0;
}

function noDatabase(remote: boolean, state: string): string {
	return remote
		? "This deployment has no database yet; run npm run deploy first."
		: `There is no database in ${state} yet; run npm start first, with the same PERSIST_TO.`;
}
