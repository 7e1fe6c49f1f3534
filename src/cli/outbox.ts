/** `npm run outbox`: writes a local blog's mails as .eml files, and lists notices that could not be sent, or sends them again. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { FailedNotice } from "../notifications/outbox.ts";
import { command, deploymentOptions, fail, type ParseResult, parseArguments } from "./command.ts";
import { stateDir } from "./config.ts";
import { databaseReason } from "./database-error.ts";
import { type OpenD1, openD1 } from "./open-d1.ts";
import { printable } from "./terminal.ts";
import { credentialsHint } from "./wrangler-errors.ts";

const description = {
	summary: "Writes a local blog's mails as .eml files, and lists notices that could not be sent.",
	usage: ["npm run outbox -- [--retry] [--remote [--env staging]]"],
	options: {
		...deploymentOptions,
		retry: { type: "boolean", default: false, help: "sends the notices again that could not be sent" },
	},
	positionals: false,
	environment: ["PERSIST_TO"],
	example: "npm run outbox -- --remote",
} as const;

/** Most mails written and notices listed in one run. */
const limit = 200;

process.exitCode = await command(description, parse, main);

type Arguments = { remote: boolean; env: string; retry: boolean };

function parse(args: string[]): ParseResult<Arguments> {
	const parsed = parseArguments(description, args);
	if (!parsed.ok) return parsed;
	const { remote, env, retry } = parsed.values;
	if (env !== "" && !remote)
		return { ok: false, message: `--env ${env} selects a deployment; add --remote.` };
	return { ok: true, remote, env, retry };
}

async function main({ remote, env, retry }: Arguments): Promise<0 | 1> {
	const state = stateDir(process.env);
	const database = await openD1({ remote, env }, state);
	if (database === null) {
		return fail(`There is no database in ${state} yet; run npm start first, with the same PERSIST_TO.`);
	}
	try {
		if (!remote) await writeMails(database, join(state, "outbox"));
		await (retry ? sendAgain(database, remote) : listFailed(database));
		return 0;
	} catch (error) {
		const text = databaseReason(error);
		if (text === null) throw error;
		return fail(credentialsHint(text) ?? `The outbox could not be read: ${text}`);
	} finally {
		database.close();
	}
}

async function sendAgain({ d1 }: OpenD1, remote: boolean): Promise<void> {
	const { outboxRepository } = await import("../db/outbox.ts");
	const due = await outboxRepository(d1).retry({
		id: null,
		limit: Number.MAX_SAFE_INTEGER,
		now: Date.now(),
	});
	console.log(`${due} notices will be sent within a minute${remote ? "" : " while npm start runs"}.`);
}

async function listFailed({ d1 }: OpenD1): Promise<void> {
	const { outboxRepository } = await import("../db/outbox.ts");
	const failed = await outboxRepository(d1).failed(limit);
	console.log(failed.length === 0 ? "No failed notices." : failed.map(line).join("\n"));
}

async function writeMails({ d1 }: OpenD1, folder: string): Promise<void> {
	const { localMailRepository } = await import("../db/local-mails.ts");
	const { emlOf } = await import("./eml.ts");
	const stored = await localMailRepository(d1).latest(limit);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	for (const mail of stored.toReversed()) {
		const file = join(folder, `${String(mail.id).padStart(6, "0")}.eml`);
		await writeFile(file, await emlOf(mail), { mode: 0o600 });
		console.log(`${relative(process.cwd(), file)}  ${printable(mail.to)}  ${printable(mail.subject)}`);
	}
	if (stored.length === 0) console.log("No mails yet.");
}

function line({ channel, commentId, attempts, failure, nextAt, createdAt }: FailedNotice): string {
	const about = commentId === null ? "a confirmation link" : `comment ${commentId}`;
	const next = nextAt === null ? "given up" : `next attempt ${new Date(nextAt).toISOString()}`;
	const made = new Date(createdAt).toISOString();
	return `Failed: ${channel}, ${about} of ${made}, ${attempts} attempts, ${next}: ${printable(failure)}`;
}
