/** `npm run comments`: works the queue of waiting comments without the desk, here or on a deployment. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { commentRepository } from "../db/comments.ts";
import { readQueueCommand } from "./comments-command.ts";
import { D1Refusal, d1ThroughWrangler } from "./d1-through-wrangler.ts";
import { findIn, workQueue } from "./queue.ts";
import { localStore } from "./settings.ts";
import { howToLogIn, isDatabaseMissing, isLoggedOut, isUnmigrated } from "./wrangler-answers.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const command = readQueueCommand(args);
	if (!command.ok) return fail(command.says);
	const { order, remote, env } = command;
	const store = localStore(process.env);
	if (!remote && !existsSync(join(store, "v3/d1"))) return fail(nothingYet(remote, store));
	try {
		const where = remote ? ["--remote", `--env=${env}`] : ["--local", "--persist-to", store, "--env="];
		const d1 = d1ThroughWrangler(where);
		const done = await workQueue(order, {
			comments: commentRepository(d1),
			find: findIn(d1),
			now: Date.now,
		});
		if (!done.ok) return fail(done.says);
		console.log(done.says);
		return 0;
	} catch (error) {
		const text = reasonOf(error);
		if (isLoggedOut(text)) return fail(howToLogIn);
		if (isDatabaseMissing(text) || isUnmigrated(text)) return fail(nothingYet(remote, store));
		return fail(`The conversation cannot be reached: ${text}`);
	}
}

function nothingYet(remote: boolean, store: string): string {
	return remote
		? "This deployment has no conversation yet; run npm run deploy first."
		: `There is no conversation in ${store} yet; run npm start first, with the same PERSIST_TO.`;
}

/** Drizzle wraps what went wrong in an error that quotes the whole statement. */
function reasonOf(error: unknown): string {
	for (let at = error; at instanceof Error; at = at.cause) if (at instanceof D1Refusal) return at.message;
	throw error;
}

function fail(sentence: string): 1 {
	console.error(sentence);
	return 1;
}
