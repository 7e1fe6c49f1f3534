import {
	chmodSync,
	chownSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localDatabaseFile } from "../../src/cli/local-database.ts";
import { type BareMachine, canMakeBareMachine, makeBareMachine } from "../support/bare-machine.ts";
import { sampleFiles } from "../support/blog.ts";
import { eventually } from "../support/eventually.ts";
import { expectedSignature, type ReceivedRequest } from "../support/outside.ts";
import { buildOwnMachine, type OwnMachine, startOwnMachine } from "../support/own-machine.ts";
import { testAuthority } from "../support/smtp.ts";
import { runCommand } from "./command.ts";

if (!canMakeBareMachine) {
	const reason = "THE FOLDER WAS NOT TRIED ON A BARE MACHINE: that takes Linux, root and iproute2.";
	if (process.env.CI) throw new Error(reason);
	console.warn(`\n!!! ${reason}\n`);
}

const path = "/2024/05/01/hello/";
/** The requests that reached the public address. */
const requests: ReceivedRequest[] = [];
let insideRequests = 0;
let work: string;
let machine: BareMachine;
let blog: OwnMachine;

/** Answers as a resolver, which leads every name to a public address, and else as a webhook. */
const outside: RequestListener = async (request, response) => {
	const url = new URL(request.url ?? "", `https://${request.headers.host}`);
	if (url.hostname === "cloudflare-dns.com") {
		const Answer = url.searchParams.get("type") === "A" ? [{ type: 1, data: "93.184.215.14" }] : [];
		response.end(JSON.stringify({ Status: 0, Answer }));
		return;
	}
	const headers = new Headers(
		Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
	);
	requests.push({ host: url.hostname, headers, body: await text(request) });
	response.end();
};

const inside: RequestListener = (_request, response) => {
	insideRequests += 1;
	response.end();
};

describe.runIf(canMakeBareMachine)("a machine with nothing but the folder and glibc", () => {
	beforeAll(async () => {
		work = mkdtempSync(join(tmpdir(), "edgecat-bare-"));
		const root = join(work, "root");
		machine = await makeBareMachine(
			root,
			{ outside, inside },
			{ outside: ["cloudflare-dns.com", "hook.example", "stranger.example"], inside: ["inside.example"] },
		);
		for (const folder of [work, root]) chmodSync(folder, 0o755);
		await buildOwnMachine(join(root, machine.folder), sampleFiles as Record<string, string>);
		writeFileSync(join(root, "etc/authority.pem"), readFileSync(testAuthority));
		await start();
	});
	afterAll(async () => {
		await blog?.stop();
		await machine?.stop();
		if (work !== undefined) rmSync(work, { recursive: true, force: true });
	});

	const start = async () => {
		blog = await startOwnMachine(machine.folder, { DATA_DIR: machine.data }, () => {}, machine);
	};
	const data = () => join(machine.root, machine.data);
	const post = (text: string) =>
		fetch(`${blog.origin}/comments`, {
			method: "POST",
			body: new URLSearchParams({ post: "2024-05-01-hello", name: "Mika", text }),
			headers: { "Sec-Fetch-Site": "same-origin" },
			redirect: "manual",
		});
	/** Starts the blog anew with these lines in `secrets.env`, after those that it wrote itself. */
	const restartWith = async (...lines: readonly string[]) => {
		await blog.stop();
		const secrets = join(data(), "secrets.env");
		const own = readFileSync(secrets, "utf8").match(/^(SIGNING|INVITE)_SECRET=.*$/gm) ?? [];
		writeFileSync(secrets, [...own, "WEBHOOK_SECRET=shared", ...lines].join("\n"));
		await start();
	};
	/** Returns the state of the message about the latest comment. */
	const outcome = async () => {
		const database = new DatabaseSync(await localDatabaseFile(data()), { readOnly: true });
		const row = database
			.prepare("SELECT state, failure FROM outbox WHERE comment_id = (SELECT max(id) FROM comments)")
			.get();
		database.close();
		return { ...row };
	};
	const hasFailed = () =>
		eventually(async () => expect(await outcome()).toEqual({ state: "due", failure: "Error" }));
	const trusted = "SSL_CERT_FILE=/etc/authority.pem";

	it("runs the blog as a new user, and keeps a comment through kill -9", async () => {
		expect(existsSync(join(machine.root, "usr"))).toBe(false);
		expect((await post("Written on a bare machine.")).status).toBe(303);
		await blog.crash();
		await blog.start();
		expect(await (await fetch(blog.origin + path)).text()).toContain("Written on a bare machine.");
	});

	it("tells a webhook by HTTPS, with the certificate of an authority that SSL_CERT_FILE names", async () => {
		await restartWith(trusted, "WEBHOOK_URL=https://hook.example/in");
		await post("For the webhook.");
		await eventually(async () => expect(await outcome()).toEqual({ state: "sent", failure: null }));
		const told = requests.find(({ body }) => body.includes("For the webhook.")) as ReceivedRequest;
		expect(told.host).toBe("hook.example");
		expect(told.headers.get("webhook-signature")).toBe(expectedSignature(told, "shared"));
	});

	it.each([
		["of another authority", "hook.example", "# The authorities of the folder"],
		["for another name", "stranger.example", trusted],
	])("tells it nothing with a certificate %s", async (_what, host, line) => {
		requests.length = 0;
		await restartWith(line, `WEBHOOK_URL=https://${host}/in`);
		await post(`For ${host}, and ${line}`);
		await hasFailed();
		expect(requests).toEqual([]);
	});

	it("reaches nothing in its own network, where a resolver leads it to a public address", async () => {
		await restartWith(trusted, "WEBHOOK_URL=https://inside.example/in");
		await post("For what is inside.");
		await hasFailed();
		expect(insideRequests).toBe(0);
	});

	it("runs on what root has backed up and restored, served or stopped", async () => {
		const [file, here] = [join(work, "blog.jsonl.gz"), { PERSIST_TO: data() }];
		expect(await runCommand("backup", [file], here)).toMatchObject({ code: 0, stderr: "" });
		await blog.stop();
		rmSync(file);
		expect(await runCommand("backup", [file], here)).toMatchObject({ code: 0, stderr: "" });
		await start();
		expect((await post("Written after the backup.")).status).toBe(303);
		await blog.stop();
		renameSync(join(data(), "v3"), join(data(), "v3.old"));
		expect(await runCommand("restore", [file], here)).toMatchObject({ code: 0, stderr: "" });
		await start();
		expect((await post("Written after the restore.")).status).toBe(303);
		const page = await (await fetch(blog.origin + path)).text();
		expect(page).toContain("Written on a bare machine.");
		expect(page).not.toContain("Written after the backup.");
		expect(page).toContain("Written after the restore.");
	});

	it("says whose its secrets have to be, when root has copied them", async () => {
		await blog.stop();
		const secrets = join(data(), "secrets.env");
		const { uid, gid } = statSync(data());
		chownSync(secrets, 0, 0);
		await expect(start()).rejects.toThrow(
			/belongs to another user .* chown --reference=\/var\/lib\/edgecat \/var\/lib\/edgecat\/secrets\.env/,
		);
		chownSync(secrets, uid, gid);
		await start();
	});
});
