import type { Secrets } from "./secrets.ts";
import type { Ran, RunWrangler } from "./wrangler.ts";
import { howToLogIn, isDatabaseMissing, isLoggedOut, isWorkerMissing } from "./wrangler-answers.ts";

/** What a deployment needs of the world. */
export type Deploying = {
	run: RunWrangler;
	/** Flags that say which deployment, and where the generated files are. */
	target: readonly string[];
	generated: readonly string[];
	/** Makes the secrets that are not among the names present. */
	makeMissing(present: readonly string[]): Secrets;
	/** Calls `use` with a file of the secrets, readable by this user only and gone afterwards. */
	withSecretsFile<T>(secrets: Secrets, use: (file: string) => Promise<T>): Promise<T>;
	say(sentence: string): void;
};

/**
 * Brings a deployment up to date, or makes it. Returns null, or a sentence on what failed; every step may be run again.
 * wrangler creates the database while it deploys, so the first time the migrations come after, and until then the
 * conversation says that it is being set up. Later they come before: new code may need them, and what is deployed is
 * left as it was when they fail.
 */
export async function deployBlog(deploying: Deploying): Promise<string | null> {
	const { say } = deploying;
	const worker = await secretsOfWorker(deploying);
	if ("failed" in worker) return worker.failed;
	const database = await databaseExists(deploying);
	if ("failed" in database) return database.failed;

	if (database.exists) {
		say("Applying migrations.");
		const migrated = await migrate(deploying);
		if (!migrated.ok) return `The migrations failed, and nothing was deployed. ${again}`;
	}
	const missing = deploying.makeMissing(worker.secrets);
	for (const name of Object.keys(missing)) say(`${name} is not set yet: a new one goes up with the Worker.`);
	say("Deploying the Worker.");
	const deployed = await deploy(deploying, missing);
	if (!deployed.ok) return `The deployment failed. ${again}`;
	if (!database.exists) {
		say("Applying migrations.");
		const migrated = await migrate(deploying);
		if (!migrated.ok)
			return `The Worker is deployed, but its database has no tables yet: the migrations failed. ${again}`;
	}
	return null;
}

const again = "wrangler says why above; correct that, then run npm run deploy again.";

/** Only a clear "no such Worker" may lead to new secrets: making them over ones in use would sign everybody out. */
async function secretsOfWorker({
	run,
	target,
}: Deploying): Promise<{ secrets: string[] } | { failed: string }> {
	const ran = await run(["secret", "list", ...target]);
	if (!ran.ok && isWorkerMissing(textOf(ran))) return { secrets: [] };
	const names = ran.ok ? namesIn(ran.stdout) : null;
	return names === null
		? { failed: whyFailed("The Worker's secrets could not be listed", ran) }
		: { secrets: names };
}

async function databaseExists({ run, target }: Deploying): Promise<{ exists: boolean } | { failed: string }> {
	const ran = await run(["d1", "execute", "DB", "--remote", "--json", "--command", "SELECT 1", ...target]);
	if (ran.ok) return { exists: true };
	if (isDatabaseMissing(textOf(ran))) return { exists: false };
	return { failed: whyFailed("The database could not be reached", ran) };
}

function migrate({ run, target }: Deploying): Promise<Ran> {
	return run(["d1", "migrations", "apply", "DB", "--remote", ...target], { shown: true });
}

function deploy({ run, target, generated, withSecretsFile }: Deploying, missing: Secrets): Promise<Ran> {
	// The content is built already; wrangler's [build] would do it once more, and to the default folder.
	const options = { shown: true, env: { EDGECAT_WATCHED: "1" } };
	const args = ["deploy", ...target, ...generated];
	if (Object.keys(missing).length === 0) return run(args, options);
	return withSecretsFile(missing, (file) => run([...args, "--secrets-file", file], options));
}

function namesIn(json: string): string[] | null {
	try {
		const listed: unknown = JSON.parse(json);
		if (!Array.isArray(listed)) return null;
		const names = listed.map((entry: { name?: unknown } | null) => entry?.name);
		return names.every((name) => typeof name === "string") ? names : null;
	} catch {
		return null;
	}
}

function whyFailed(what: string, ran: Ran): string {
	const text = textOf(ran);
	return isLoggedOut(text) ? howToLogIn : `${what}: ${text}\nCorrect that, then run npm run deploy again.`;
}

function textOf({ stdout, stderr }: Ran): string {
	return `${stdout}\n${stderr}`.trim();
}
