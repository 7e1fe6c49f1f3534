import { foreignMigration } from "./migrate.ts";
import type { Secrets } from "./secrets.ts";
import type { RunResult, RunWrangler } from "./wrangler.ts";
import { credentialsHint, isDatabaseMissing, isWorkerMissing } from "./wrangler-errors.ts";

/** The dependencies of a deployment. */
export type DeploymentSteps = {
	run: RunWrangler;
	/** Flags that select the deployment. */
	target: readonly string[];
	/** Flags for the location of the generated files. */
	generated: readonly string[];
	/** Creates the secrets that are not among the present names. */
	createMissingSecrets(present: readonly string[]): Secrets;
	/** Calls `use` with a file of the secrets that only this user can read, and deletes it afterwards. */
	withSecretsFile<T>(secrets: Secrets, use: (file: string) => Promise<T>): Promise<T>;
	log(sentence: string): void;
};

/**
 * Creates or updates a deployment. Returns null, or an error message; every step can be repeated. wrangler creates the
 * database when it deploys, so the first time migrations run afterwards, and until then comments are shown as being set
 * up. Later they run before: new code may need them, and if they fail, the deployed version stays.
 */
export async function deployBlog(steps: DeploymentSteps): Promise<string | null> {
	const { log } = steps;
	const worker = await listSecrets(steps);
	if ("failed" in worker) return worker.failed;
	const database = await databaseExists(steps);
	if ("failed" in database) return database.failed;

	if (database.exists) {
		log("Applying migrations.");
		const migrated = await migrate(steps);
		if (!migrated.ok) return `The migrations failed; nothing was deployed. ${await migrationHint(steps)}`;
	}
	const missing = steps.createMissingSecrets(worker.secrets);
	for (const name of Object.keys(missing)) log(`${name} is not set; creating it.`);
	log("Deploying the Worker.");
	const deployed = await deploy(steps, missing);
	if (!deployed.ok) return `The deployment failed. ${retryHint}`;
	if (!database.exists) {
		log("Applying migrations.");
		const migrated = await migrate(steps);
		if (!migrated.ok)
			return `The Worker is deployed, but the migrations failed, so its database has no tables. ${retryHint}`;
	}
	return null;
}

const retryHint = "Fix the error above, then run npm run deploy again.";

/** Returns what to do about failed migrations. */
async function migrationHint({ run, target }: DeploymentSteps): Promise<string> {
	const foreign = await foreignMigration(["--remote", ...target], run);
	return foreign === null
		? retryHint
		: `${foreign} Deploy with that version, or delete the database with npx wrangler d1 delete, its comments included, then run npm run deploy again.`;
}

/** Lists the Worker's secrets. Only a definite "no such Worker" counts as none: replacing secrets in use signs everybody out. */
async function listSecrets({
	run,
	target,
}: DeploymentSteps): Promise<{ secrets: string[] } | { failed: string }> {
	const result = await run(["secret", "list", ...target]);
	if (!result.ok && isWorkerMissing(textOf(result))) return { secrets: [] };
	const names = result.ok ? namesIn(result.stdout) : null;
	return names === null
		? { failed: failureMessage("The Worker's secrets could not be listed", result) }
		: { secrets: names };
}

async function databaseExists({
	run,
	target,
}: DeploymentSteps): Promise<{ exists: boolean } | { failed: string }> {
	const result = await run(["d1", "execute", "DB", "--remote", "--json", "--command", "SELECT 1", ...target]);
	if (result.ok) return { exists: true };
	if (isDatabaseMissing(textOf(result))) return { exists: false };
	return { failed: failureMessage("The database could not be reached", result) };
}

function migrate({ run, target }: DeploymentSteps): Promise<RunResult> {
	return run(["d1", "migrations", "apply", "DB", "--remote", ...target], { inherit: true });
}

function deploy(
	{ run, target, generated, withSecretsFile }: DeploymentSteps,
	missing: Secrets,
): Promise<RunResult> {
	// The content is built already; wrangler's [build] would build it again, to the default folder.
	const options = { inherit: true, env: { EDGECAT_SKIP_BUILD: "1" } };
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

function failureMessage(what: string, result: RunResult): string {
	const text = textOf(result);
	return credentialsHint(text) ?? `${what}: ${text}\nFix that, then run npm run deploy again.`;
}

function textOf({ stdout, stderr }: RunResult): string {
	return `${stdout}\n${stderr}`.trim();
}
