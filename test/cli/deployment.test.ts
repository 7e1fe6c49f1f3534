import { describe, expect, it } from "vitest";
import { deployBlog } from "../../src/cli/deployment.ts";
import type { Ran } from "../../src/cli/wrangler.ts";

const said = (stdout: string): Ran => ({ ok: true, stdout, stderr: "" });
const failed = (stderr: string): Ran => ({ ok: false, stdout: "", stderr });

const noWorker = failed(
	'✘ [ERROR] Worker "edgecat" not found.\n\nIf this is a new Worker, run `wrangler deploy` first',
);
const noDatabase: Ran = {
	ok: false,
	stdout: JSON.stringify({
		error: { text: "Couldn't find a D1 DB named 'edgecat' (bound as 'DB') in the API." },
	}),
	stderr: "",
};
const loggedOut = failed(
	"it's necessary to set a CLOUDFLARE_API_TOKEN environment variable for wrangler to work.",
);
const withSecret = said('[\n  { "name": "SIGNING_SECRET", "type": "secret_text" }\n]');

/** Deploys with a wrangler that answers by the words of its command, and keeps what it was asked. */
async function deploy(answers: { secrets: Ran; database: Ran; migrations?: Ran; deployment?: Ran }) {
	const asked: string[] = [];
	const sayings: string[] = [];
	const files: Record<string, string>[] = [];
	const problem = await deployBlog({
		async run(args, options) {
			asked.push(args.join(" "));
			if (args[0] === "secret") return answers.secrets;
			if (args[1] === "execute") return answers.database;
			if (args[1] === "migrations") return answers.migrations ?? said("");
			expect(options?.env).toEqual({ EDGECAT_WATCHED: "1" });
			return answers.deployment ?? said("");
		},
		target: ["--env="],
		generated: ["--assets", "out/assets"],
		makeMissing: (present) => (present.includes("SIGNING_SECRET") ? {} : { SIGNING_SECRET: "made" }),
		async withSecretsFile(secrets, use) {
			files.push(secrets);
			return await use("secrets.json");
		},
		say: (sentence) => sayings.push(sentence),
	});
	return { problem, asked, files, sayings };
}

const looking = ["secret list --env=", "d1 execute DB --remote --json --command SELECT 1 --env="];
const migrating = "d1 migrations apply DB --remote --env=";
const deploying = "deploy --env= --assets out/assets";

describe("deployBlog", () => {
	it("deploys first and migrates after when there is neither Worker nor database, with new secrets", async () => {
		const { problem, asked, files } = await deploy({ secrets: noWorker, database: noDatabase });
		expect(problem).toBeNull();
		expect(asked).toEqual([...looking, `${deploying} --secrets-file secrets.json`, migrating]);
		expect(files).toEqual([{ SIGNING_SECRET: "made" }]);
	});

	it("migrates before it deploys from then on, and leaves the secrets alone", async () => {
		const { problem, asked, files } = await deploy({ secrets: withSecret, database: said("[]") });
		expect(problem).toBeNull();
		expect(asked).toEqual([...looking, migrating, deploying]);
		expect(files).toEqual([]);
	});

	it("makes a secret that a deployed Worker lacks", async () => {
		const { problem, asked, sayings } = await deploy({ secrets: said("[]"), database: said("[]") });
		expect(problem).toBeNull();
		expect(asked).toEqual([...looking, migrating, `${deploying} --secrets-file secrets.json`]);
		expect(sayings.join()).toContain("SIGNING_SECRET is not set yet");
		expect(sayings.join()).not.toContain("made");
	});

	it("takes up a first deployment that stopped half way: a database without a Worker, or the reverse", async () => {
		expect((await deploy({ secrets: noWorker, database: said("[]") })).asked.slice(2)).toEqual([
			migrating,
			`${deploying} --secrets-file secrets.json`,
		]);
		expect((await deploy({ secrets: withSecret, database: noDatabase })).asked.slice(2)).toEqual([
			deploying,
			migrating,
		]);
	});

	it("deploys nothing when the migrations fail", async () => {
		const { problem, asked } = await deploy({
			secrets: withSecret,
			database: said("[]"),
			migrations: failed(""),
		});
		expect(problem).toMatch(
			/^The migrations failed, and nothing was deployed\. .*run npm run deploy again\.$/,
		);
		expect(asked).toEqual([...looking, migrating]);
	});

	it("says what is missing when the first migrations fail", async () => {
		const { problem } = await deploy({ secrets: noWorker, database: noDatabase, migrations: failed("") });
		expect(problem).toMatch(/^The Worker is deployed, but its database has no tables yet/);
	});

	it("does not migrate a database that the failed deployment was to make", async () => {
		const { problem, asked } = await deploy({
			secrets: noWorker,
			database: noDatabase,
			deployment: failed(""),
		});
		expect(problem).toMatch(/^The deployment failed\. .*run npm run deploy again\.$/);
		expect(asked).not.toContain(migrating);
	});

	it("sends a stranger to log in before anything is touched", async () => {
		const { problem, asked } = await deploy({ secrets: loggedOut, database: loggedOut });
		expect(problem).toMatch(/npx wrangler login, or set CLOUDFLARE_API_TOKEN/);
		expect(asked).toEqual([looking[0]]);
	});

	it.each([failed("fetch failed"), said("not JSON"), said('{"a":1}'), said('[{"key":"x"}]')])(
		"makes no secret when it cannot tell which there are (%j)",
		async (secrets) => {
			const { problem, asked, files } = await deploy({ secrets, database: said("[]") });
			expect(problem).toMatch(/^The Worker's secrets could not be listed: /);
			expect(asked).toEqual([looking[0]]);
			expect(files).toEqual([]);
		},
	);

	it("stops when it cannot tell whether there is a database", async () => {
		const { problem, asked } = await deploy({ secrets: withSecret, database: failed("fetch failed") });
		expect(problem).toMatch(/^The database could not be reached: fetch failed/);
		expect(asked).toEqual(looking);
	});
});
