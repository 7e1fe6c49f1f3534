/** `npm run invite`: prints a one-time invitation link for a new member or a new passkey, locally or on a deployment. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parseMemberName } from "../members/member.ts";
import { command, fail } from "./command.ts";
import { projectRoot, readConfig } from "./config.ts";
import { inviteInterface, parseInviteCommand } from "./invite-command.ts";
import { createSecret, ensureSecrets, withSecretsFile } from "./secrets.ts";
import { runWrangler } from "./wrangler.ts";
import { credentialsHint, isWorkerMissing } from "./wrangler-errors.ts";

process.exitCode = await command(inviteInterface, parseInviteCommand, main);

type Arguments = Extract<ReturnType<typeof parseInviteCommand>, { ok: true }>;

async function main({ role, remote, env, url, name: given }: Omit<Arguments, "ok">): Promise<0 | 1> {
	const loaded = readConfig(process.env);
	if (!loaded.ok) return fail(loaded.problems.join("\n"));
	const { readSite } = await import("../build/site.ts");
	const { invitationPath, signInvitation } = await import("../members/invitation.ts");
	const { contentDir, persistTo, port } = loaded.config;
	const { site } = readSite(contentDir);
	const name = given ?? parseMemberName(site.author.name) ?? "Owner";

	const base = url ?? (remote ? new URL(site.url).origin : `http://localhost:${port}`);
	if (remote && /^http:/.test(base)) {
		return fail(`The link would lead to ${base}; set url: in site.yaml or add --url https://your.blog.`);
	}
	const secret = remote ? await replaceSecret(env) : { secret: await localSecret(persistTo) };
	if ("failed" in secret) return fail(secret.failed);
	const token = await signInvitation({ name, role }, secret.secret, { now: Date.now() });
	console.log(`${base}${invitationPath(token)}`);
	console.error(`Invitation for ${name} (${role}). The link works once, within 24 hours.`);
	console.error(
		"If they are a member already, their passkeys so far and their sessions end when they accept.",
	);
	if (remote) console.error("Earlier unused invitations are now invalid.");
	return 0;
}

/**
 * Replaces the deployment's INVITE_SECRET, which cannot be read back. So everyone who can deploy can invite, nobody
 * else can, and a leaked link is void as soon as another is created.
 */
async function replaceSecret(env: string): Promise<{ secret: string } | { failed: string }> {
	const secret = createSecret();
	const result = await withSecretsFile({ INVITE_SECRET: secret }, (file) =>
		runWrangler(["secret", "bulk", file, `--env=${env}`]),
	);
	if (result.ok) return { secret };
	const text = `${result.stdout}\n${result.stderr}`.trim();
	const hint = credentialsHint(text);
	if (hint !== null) return { failed: hint };
	if (isWorkerMissing(text)) return { failed: "There is no deployment yet; run npm run deploy first." };
	return { failed: `INVITE_SECRET could not be set on the deployment: ${text}` };
}

/** Returns the local server's INVITE_SECRET: from .dev.vars, or else its generated one. */
async function localSecret(persistTo: string): Promise<string> {
	const written = await readFile(join(projectRoot, ".dev.vars"), "utf8").catch(() => "");
	return parseEnv(written).INVITE_SECRET || ((await ensureSecrets(persistTo)).INVITE_SECRET ?? "");
}
