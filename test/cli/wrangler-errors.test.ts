import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { runWrangler } from "../../src/cli/wrangler.ts";
import { isDatabaseMissing, isLoggedOut, isRefused, isWorkerMissing } from "../../src/cli/wrangler-errors.ts";
import { temporaryFolder } from "./temporary.ts";

const listing = ["secret", "list", "--env="];
const querying = ["d1", "execute", "DB", "--remote", "--json", "--command", "SELECT 1", "--env="];

/** Runs the real wrangler against a fake Cloudflare API that fails every request in one way. */
async function ask(args: readonly string[], refusal: { status: number; code: number; message: string }) {
	const { status, ...error } = refusal;
	const server = createServer((_, response) => {
		response.writeHead(status, { "content-type": "application/json" });
		response.end(JSON.stringify({ success: false, errors: [error], messages: [], result: null }));
	});
	server.listen(0, "127.0.0.1");
	onTestFinished(() => void server.close());
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	return await textOf(args, {
		CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
		CLOUDFLARE_API_TOKEN: "token",
		CLOUDFLARE_ACCOUNT_ID: "account",
	});
}

async function textOf(args: readonly string[], env: Record<string, string>) {
	const home = temporaryFolder();
	const ran = await runWrangler(args, { env: { HOME: home, XDG_CONFIG_HOME: home, ...env } });
	expect(ran.ok).toBe(false);
	return ran.stdout + ran.stderr;
}

const classify = (text: string) => ({
	loggedOut: isLoggedOut(text),
	refused: isRefused(text),
	workerMissing: isWorkerMissing(text),
	databaseMissing: isDatabaseMissing(text),
});

const nothing = { loggedOut: false, refused: false, workerMissing: false, databaseMissing: false };

describe("wrangler's errors", { timeout: 120_000 }, () => {
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
		const noToken = { CLOUDFLARE_API_TOKEN: "" };
		expect(classify(await textOf(listing, noToken))).toEqual({ ...nothing, loggedOut: true });
		expect(classify(await textOf(querying, noToken))).toEqual({ ...nothing, loggedOut: true });
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
