import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { runWrangler } from "../../src/cli/wrangler.ts";
import { isDatabaseMissing, isLoggedOut, isRefused, isWorkerMissing } from "../../src/cli/wrangler-errors.ts";
import { temporaryFolder } from "./temporary.ts";

const listing = ["secret", "list", "--env="];
const querying = ["d1", "execute", "DB", "--remote", "--json", "--command", "SELECT 1", "--env="];

/** The answer of a fake Cloudflare API to every request; null if there are no credentials to ask it with. */
type Refusal = { status: number; code: number; message: string } | null;

const recordedFile = new URL("wrangler-errors.json", import.meta.url);
const { version } = createRequire(import.meta.url)("wrangler/package.json") as { version: string };

/** The output of a version of wrangler, by arguments and refusal. One of them is asked again in each run. */
const recorded = JSON.parse(readFileSync(recordedFile, "utf8")) as {
	version: string;
	outputs: Record<string, string>;
};

/** Returns what wrangler prints: as recorded, or of the real one if that has another version now. */
async function ask(args: readonly string[], refusal: Refusal): Promise<string> {
	const output = recorded.version === version ? recorded.outputs[keyOf(args, refusal)] : undefined;
	if (output !== undefined) return output;
	const real = await askReally(args, refusal);
	if (process.env.RECORD) record(keyOf(args, refusal), real);
	return real;
}

const keyOf = (args: readonly string[], refusal: Refusal) =>
	`${args.join(" ")}: ${refusal === null ? "no credentials" : `${refusal.status}, ${refusal.code}`}`;

function record(key: string, output: string): void {
	if (recorded.version !== version) Object.assign(recorded, { version, outputs: {} });
	recorded.outputs[key] = output;
	writeFileSync(recordedFile, `${JSON.stringify(recorded, null, "\t")}\n`);
}

/** Runs the real wrangler against a fake Cloudflare API that fails every request in one way. */
async function askReally(args: readonly string[], refusal: Refusal): Promise<string> {
	const { status = 0, ...error } = refusal ?? {};
	const server = createServer((_, response) => {
		response.writeHead(status, { "content-type": "application/json" });
		response.end(JSON.stringify({ success: false, errors: [error], messages: [], result: null }));
	});
	server.listen(0, "127.0.0.1");
	onTestFinished(() => void server.close());
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	const home = temporaryFolder();
	const ran = await runWrangler(args, {
		env: {
			HOME: home,
			XDG_CONFIG_HOME: home,
			CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
			CLOUDFLARE_API_TOKEN: refusal === null ? "" : "token",
			CLOUDFLARE_ACCOUNT_ID: refusal === null ? "" : "account",
		},
	});
	expect(ran.ok).toBe(false);
	// Without stack traces, whose paths are this machine's.
	return (ran.stdout + ran.stderr).replaceAll(home, "~").replace(/^\s+at .*\n?/gm, "");
}

const classify = (text: string) => ({
	loggedOut: isLoggedOut(text),
	refused: isRefused(text),
	workerMissing: isWorkerMissing(text),
	databaseMissing: isDatabaseMissing(text),
});

const nothing = { loggedOut: false, refused: false, workerMissing: false, databaseMissing: false };

describe("wrangler's errors", { timeout: 120_000 }, () => {
	it("are as they were recorded; to record them anew, run this file with RECORD=1", async () => {
		const refusal = { status: 404, code: 7404, message: "The database edgecat could not be found" };
		expect(await askReally(querying, refusal)).toBe(await ask(querying, refusal));
	});

	it("are recognized if the Worker was never deployed", async () => {
		const refusal = { status: 404, code: 10007, message: "This Worker does not exist on your account." };
		expect(classify(await ask(listing, refusal))).toEqual({ ...nothing, workerMissing: true });
		expect(classify(await ask(["secret", "list", "--env=staging"], refusal))).toEqual({
			...nothing,
			workerMissing: true,
		});
	});

	it("are recognized if the database was never created", async () => {
		const refusal = { status: 404, code: 7404, message: "The database edgecat could not be found" };
		expect(classify(await ask(querying, refusal))).toEqual({ ...nothing, databaseMissing: true });
	});

	it("are recognized if there are no credentials", async () => {
		expect(classify(await ask(listing, null))).toEqual({ ...nothing, loggedOut: true });
		expect(classify(await ask(querying, null))).toEqual({ ...nothing, loggedOut: true });
	});

	it.each([
		{ status: 403, code: 10000, message: "Authentication error" },
		{ status: 400, code: 9109, message: "Invalid access token" },
		{ status: 400, code: 6003, message: "Invalid request headers" },
	])("are recognized if the token is refused with $code", async (refusal) => {
		for (const args of [listing, querying]) {
			const { loggedOut, refused, ...others } = classify(await ask(args, refusal));
			expect(loggedOut || refused).toBe(true);
			expect(others).toEqual({ workerMissing: false, databaseMissing: false });
		}
	});

	it("are none of these if Cloudflare fails in another way", async () => {
		const refusal = { status: 400, code: 1001, message: "Something else." };
		expect(classify(await ask(listing, refusal))).toEqual(nothing);
		expect(classify(await ask(querying, refusal))).toEqual(nothing);
	});
});
