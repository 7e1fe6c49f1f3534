/** `npm run invite`: makes the one-time link by which somebody enrols a passkey, here or on a deployment. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { invitationLasts, invitationPath, signInvitation } from "../members/invitation.ts";
import { parseMemberName } from "../members/member.ts";
import { readSite } from "../publish/site.ts";
import { readInviteCommand } from "./invite-command.ts";
import { keepSecrets, newSecret, withSecretsFile } from "./secrets.ts";
import { projectRoot, readSettings } from "./settings.ts";
import { runWrangler } from "./wrangler.ts";
import { howToLogIn, isLoggedOut, isWorkerMissing } from "./wrangler-answers.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1> {
	const command = readInviteCommand(args);
	if (!command.ok) return fail(command.says);
	const read = readSettings(process.env);
	if (!read.ok) return fail(read.problems.join("\n"));
	const { contentDir, persistTo, port } = read.settings;
	const { site } = readSite(contentDir);
	const { role, remote, env, url } = command;
	const name = command.name ?? parseMemberName(site.author.name) ?? "Owner";

	const base = url ?? (remote ? new URL(site.url).origin : `http://localhost:${port}`);
	if (remote && /^http:/.test(base)) {
		return fail(`The link would lead to ${base}; set url: in site.yaml or add --url https://your.blog.`);
	}
	const given = remote ? await replaceSecret(env) : { secret: await localSecret(persistTo) };
	if ("failed" in given) return fail(given.failed);
	const stub = { id: randomUUID(), expiresAt: Date.now() + invitationLasts };
	const token = await signInvitation({ name, role, ...stub }, given.secret);
	console.log(`${base}${invitationPath(token)}`);
	console.error(`Whoever opens this within a day becomes ${name}, ${role}; it holds once.`);
	if (remote) console.error("Links made before this one and not yet used no longer hold.");
	return 0;
}

/**
 * Gives the deployment a new secret to know invitations by. Nobody can read the one it has, and this way whoever may
 * deploy may invite, nobody else can, and a link that went astray is void once another is made.
 */
async function replaceSecret(env: string): Promise<{ secret: string } | { failed: string }> {
	const secret = newSecret();
	const ran = await withSecretsFile({ INVITE_SECRET: secret }, (file) =>
		runWrangler(["secret", "bulk", file, `--env=${env}`]),
	);
	if (ran.ok) return { secret };
	const text = `${ran.stdout}\n${ran.stderr}`.trim();
	if (isLoggedOut(text)) return { failed: howToLogIn };
	if (isWorkerMissing(text)) return { failed: "There is no deployment yet; run npm run deploy first." };
	return { failed: `The deployment could not be given the invitation's secret: ${text}` };
}

/** The secret the local server knows invitations by: one written in .dev.vars comes before the one it made for itself. */
async function localSecret(persistTo: string): Promise<string> {
	const written = await readFile(join(projectRoot, ".dev.vars"), "utf8").catch(() => "");
	return parseEnv(written).INVITE_SECRET || ((await keepSecrets(persistTo)).INVITE_SECRET ?? "");
}

function fail(sentence: string): 1 {
	console.error(sentence);
	return 1;
}
