import { describe, expect, it } from "vitest";
import { deployBlog } from "../../src/cli/deployment.ts";
import type { RunResult } from "../../src/cli/wrangler.ts";

const ok = (stdout: string): RunResult => ({ ok: true, stdout, stderr: "" });
const failed = (stderr: string): RunResult => ({ ok: false, stdout: "", stderr });

const noWorker = failed(
	'✘ [ERROR] Worker "edgecat" not found.\n\nIf this is a new Worker, run `wrangler deploy` first',
);
const noDatabase: RunResult = {
	ok: false,
	stdout: JSON.stringify({
		error: { text: "Couldn't find a D1 DB named 'edgecat' (bound as 'DB') in the API." },
	}),
	stderr: "",
};
const loggedOut = failed(
	"it's necessary to set a CLOUDFLARE_API_TOKEN environment variable for wrangler to work.",
);
const withSecret = ok('[\n  { "name": "SIGNING_SECRET", "type": "secret_text" }\n]');

/** Deploys with a fake wrangler that responds by command, and records the commands. */
async function deploy(answers: {
	secrets: RunResult;
	database: RunResult;
	migrations?: RunResult;
	deployment?: RunResult;
}) {
	const commands: string[] = [];
	const messages: string[] = [];
	const files: Record<string, string>[] = [];
	const problem = await deployBlog({
		async run(args, options) {
			commands.push(args.join(" "));
			if (args[0] === "secret") return answers.secrets;
			if (args[1] === "execute") return answers.database;
			if (args[1] === "migrations") return answers.migrations ?? ok("");
			expect(options?.env).toEqual({ EDGECAT_SKIP_BUILD: "1" });
			return answers.deployment ?? ok("");
		},
		target: ["--env="],
		generated: ["--assets", "out/assets"],
		createMissingSecrets: (present) =>
			present.includes("SIGNING_SECRET") ? {} : { SIGNING_SECRET: "generated" },
		async withSecretsFile(secrets, use) {
			files.push(secrets);
			return await use("secrets.json");
		},
		log: (message) => messages.push(message),
	});
	return { problem, commands, files, messages };
}

const checks = ["secret list --env=", "d1 execute DB --remote --json --command SELECT 1 --env="];
const migrating = "d1 migrations apply DB --remote --env=";
const listing = "d1 execute DB --remote --env= --json --command SELECT name FROM d1_migrations ORDER BY id";
const deploying = "deploy --env= --assets out/assets";

describe("deployBlog", () => {
	it("deploys first, with new secrets, and migrates afterwards if there is neither Worker nor database", async () => {
		const { problem, commands, files } = await deploy({ secrets: noWorker, database: noDatabase });
		expect(problem).toBeNull();
		expect(commands).toEqual([...checks, `${deploying} --secrets-file secrets.json`, migrating]);
		expect(files).toEqual([{ SIGNING_SECRET: "generated" }]);
	});

	it("migrates before later deployments, and leaves the secrets alone", async () => {
		const { problem, commands, files } = await deploy({ secrets: withSecret, database: ok("[]") });
		expect(problem).toBeNull();
		expect(commands).toEqual([...checks, migrating, deploying]);
		expect(files).toEqual([]);
	});

	it("creates a secret that a deployed Worker lacks", async () => {
		const { problem, commands, messages } = await deploy({ secrets: ok("[]"), database: ok("[]") });
		expect(problem).toBeNull();
		expect(commands).toEqual([...checks, migrating, `${deploying} --secrets-file secrets.json`]);
		expect(messages.join()).toContain("SIGNING_SECRET is not set; creating it");
		expect(messages.join()).not.toContain("generated");
	});

	it("continues a first deployment that failed half way: a database without a Worker, or the reverse", async () => {
		expect((await deploy({ secrets: noWorker, database: ok("[]") })).commands.slice(2)).toEqual([
			migrating,
			`${deploying} --secrets-file secrets.json`,
		]);
		expect((await deploy({ secrets: withSecret, database: noDatabase })).commands.slice(2)).toEqual([
			deploying,
			migrating,
		]);
	});

	it("deploys nothing when the migrations fail", async () => {
		const { problem, commands } = await deploy({
			secrets: withSecret,
			database: ok("[]"),
			migrations: failed(""),
		});
		expect(problem).toMatch(/^The migrations failed; nothing was deployed\. .*run npm run deploy again\.$/);
		expect(commands).toEqual([...checks, migrating, listing]);
	});

	it("says what to do about a database that another version's migrations made", async () => {
		const { problem } = await deploy({
			secrets: withSecret,
			database: ok('[{"results":[{"name":"0000_conversation.sql"}]}]'),
			migrations: failed(""),
		});
		expect(problem).toMatch(
			/ it has the migration 0000_conversation\.sql, which migrations\/ does not\. Deploy with that version, or delete the database /,
		);
	});

	it("says what is missing when the first migrations fail", async () => {
		const { problem } = await deploy({ secrets: noWorker, database: noDatabase, migrations: failed("") });
		expect(problem).toMatch(
			/^The Worker is deployed, but the migrations failed, so its database has no tables\./,
		);
	});

	it("does not migrate a database that the failed deployment would have created", async () => {
		const { problem, commands } = await deploy({
			secrets: noWorker,
			database: noDatabase,
			deployment: failed(""),
		});
		expect(problem).toMatch(/^The deployment failed\. .*run npm run deploy again\.$/);
		expect(commands).not.toContain(migrating);
	});

	it("says how to log in before it changes anything", async () => {
		const { problem, commands } = await deploy({ secrets: loggedOut, database: loggedOut });
		expect(problem).toMatch(/npx wrangler login, or set CLOUDFLARE_API_TOKEN/);
		expect(commands).toEqual([checks[0]]);
	});

	it.each([failed("fetch failed"), ok("not JSON"), ok('{"a":1}'), ok('[{"key":"x"}]')])(
		"creates no secret if it cannot list the existing ones (%j)",
		async (secrets) => {
			const { problem, commands, files } = await deploy({ secrets, database: ok("[]") });
			expect(problem).toMatch(/^The Worker's secrets could not be listed: /);
			expect(commands).toEqual([checks[0]]);
			expect(files).toEqual([]);
		},
	);

	it("stops if it cannot tell whether there is a database", async () => {
		const { problem, commands } = await deploy({ secrets: withSecret, database: failed("fetch failed") });
		expect(problem).toMatch(/^The database could not be reached: fetch failed/);
		expect(commands).toEqual(checks);
	});
});
