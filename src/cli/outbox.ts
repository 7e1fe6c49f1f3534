/** `npm run outbox`: writes a local blog's mails as .eml files, and lists notices that could not be delivered. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { localMailRepository } from "../db/local-mails.ts";
import { outboxRepository } from "../db/outbox.ts";
import type { DeadDelivery } from "../notifications/outbox.ts";
import { stateDir } from "./config.ts";
import { emlOf } from "./eml.ts";
import { printable } from "./terminal.ts";
import { D1Error, wranglerD1 } from "./wrangler-d1.ts";

const usage = "Usage: npm run outbox -- [--remote [--env staging]]";

/** Most mails written and notices listed in one run. */
const limit = 200;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const options = parse(args);
	if (typeof options === "string") return fail(`${options}\n${usage}`);
	const { remote, env } = options;
	const state = stateDir(process.env);
	if (!remote && !existsSync(join(state, "v3/d1"))) {
		return fail(`There is no database in ${state} yet; run npm start first, with the same PERSIST_TO.`);
	}
	const where = remote ? ["--remote", `--env=${env}`] : ["--local", "--persist-to", state, "--env="];
	const d1 = wranglerD1(where);
	try {
		if (!remote) await writeMails(localMailRepository(d1), join(state, "outbox"));
		const dead = await outboxRepository(d1).dead(limit);
		console.log(dead.length === 0 ? "No failed notices." : dead.map(line).join("\n"));
		return 0;
	} catch (error) {
		for (let at = error; at instanceof Error; at = at.cause) {
			if (at instanceof D1Error) return fail(`The outbox could not be read: ${at.message}`);
		}
		throw error;
	}
}

async function writeMails(mails: ReturnType<typeof localMailRepository>, folder: string): Promise<void> {
	const stored = await mails.latest(limit);
	await mkdir(folder, { recursive: true });
	for (const mail of stored.toReversed()) {
		const file = join(folder, `${String(mail.id).padStart(6, "0")}.eml`);
		await writeFile(file, await emlOf(mail), { mode: 0o600 });
		console.log(`${relative(process.cwd(), file)}  ${printable(mail.to)}  ${printable(mail.subject)}`);
	}
	if (stored.length === 0) console.log("No mails yet.");
}

function line({ channel, commentId, attempts, failure, at }: DeadDelivery): string {
	const about = commentId === null ? "a confirmation" : `comment ${commentId}`;
	return `Failed ${new Date(at).toISOString()}: ${channel}, ${about}, ${attempts} attempts: ${printable(failure)}`;
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: { remote: { type: "boolean", default: false }, env: { type: "string", default: "" } },
		}).values;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

function fail(sentence: string): 1 {
	console.error(sentence);
	return 1;
}
