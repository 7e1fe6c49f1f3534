/** `npm run outbox`: writes the mails a local blog has kept as .eml files, and says which notices were given up. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { localMailRepository } from "../db/local-mails.ts";
import { outboxRepository } from "../db/outbox.ts";
import type { DeadDelivery } from "../notifications/outbox.ts";
import { D1Refusal, d1ThroughWrangler } from "./d1-through-wrangler.ts";
import { emlOf } from "./eml.ts";
import { localStore } from "./settings.ts";
import { printable } from "./terminal.ts";

const usage = "Usage: npm run outbox -- [--remote [--env staging]]";

/** Mails written and notices listed in one run. */
const most = 200;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const options = parse(args);
	if (typeof options === "string") return fail(`${options}\n${usage}`);
	const { remote, env } = options;
	const store = localStore(process.env);
	if (!remote && !existsSync(join(store, "v3/d1"))) {
		return fail(`There is no blog in ${store} yet; run npm start first, with the same PERSIST_TO.`);
	}
	const where = remote ? ["--remote", `--env=${env}`] : ["--local", "--persist-to", store, "--env="];
	const d1 = d1ThroughWrangler(where);
	try {
		if (!remote) await writeMails(localMailRepository(d1), join(store, "outbox"));
		const dead = await outboxRepository(d1).dead(most);
		console.log(dead.length === 0 ? "No notice was given up." : dead.map(line).join("\n"));
		return 0;
	} catch (error) {
		for (let at = error; at instanceof Error; at = at.cause) {
			if (at instanceof D1Refusal) return fail(`The outbox cannot be read: ${at.message}`);
		}
		throw error;
	}
}

async function writeMails(mails: ReturnType<typeof localMailRepository>, folder: string): Promise<void> {
	const kept = await mails.latest(most);
	await mkdir(folder, { recursive: true });
	for (const mail of kept.toReversed()) {
		const file = join(folder, `${String(mail.id).padStart(6, "0")}.eml`);
		await writeFile(file, await emlOf(mail), { mode: 0o600 });
		console.log(`${relative(process.cwd(), file)}  ${printable(mail.to)}  ${printable(mail.subject)}`);
	}
	if (kept.length === 0) console.log("No mail was kept yet.");
}

function line({ channel, commentId, attempts, why, at }: DeadDelivery): string {
	const about = commentId === null ? "a confirmation" : `comment ${commentId}`;
	return `Given up on ${new Date(at).toISOString()}: ${channel}, ${about}, after ${attempts} attempts: ${printable(why)}`;
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
