import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type Command, runCommand, startCommand } from "./command.ts";
import { writeFiles } from "./temporary.ts";

const folder = mkdtempSync(join(tmpdir(), "edgecat-start-"));
const contentDir = join(folder, "content");
const persistTo = join(folder, "state");
const postFile = join(contentDir, "posts/cat.md");
const post = (text: string) => `---\ntitle: Cat\ndate: 2026-01-02\n---\n${text}\n`;

let env: Record<string, string>;
let origin: string;
let blog: Command;

beforeAll(async () => {
	writeFiles(contentDir, {
		"site.yaml": "title: Cats\ncomments:\n  moderation: all\n",
		"posts/cat.md": post("first words"),
	});
	const port = await freePort();
	env = { CONTENT_DIR: contentDir, PERSIST_TO: persistTo, PORT: String(port), CRON_SECONDS: "2" };
	origin = `http://localhost:${port}`;
	blog = startCommand("start", [], env);
	await blog.waitFor(/edgecat is running at/);
}, 120_000);

afterAll(async () => {
	await blog?.stop();
	rmSync(folder, { recursive: true, force: true });
});

describe("npm start", { timeout: 120_000 }, () => {
	it("prints its progress and its URL, and serves the blog", async () => {
		expect(blog.stdout().split("\n")).toEqual([
			"Building content and preparing the database…",
			"1 post, 0 pages. Starting the server…",
			`edgecat is running at ${origin}`,
			"",
		]);
		expect(blog.stderr()).toBe("");
		expect(await textOf("/2026/01/02/cat/")).toContain("first words");
	});

	it("shows an edit without a restart", async () => {
		writeFileSync(postFile, post("second words"));
		await blog.waitFor(/^Rebuilt: 1 post, 0 pages\.$/m);
		await eventually(async () => expect(await textOf("/2026/01/02/cat/")).toContain("second words"));
	});

	it("serves a picture that is added", async () => {
		writeFiles(contentDir, {
			"media/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
		});
		await eventually(async () => expect((await fetch(`${origin}/media/dot.svg`)).status).toBe(200));
	});

	it("prints an error with its location, and keeps the last good build", async () => {
		writeFileSync(postFile, post("third words").replace("2026-01-02", "2026-13-02"));
		await blog.waitFor(
			/content\/posts\/cat\.md:3: date: .*\nThe last good build stays online until this is fixed\.\n/,
		);
		expect(await textOf("/2026/01/02/cat/")).toContain("second words");
		writeFileSync(postFile, post("third words"));
		await eventually(async () => expect(await textOf("/2026/01/02/cat/")).toContain("third words"));
	});

	it("allows npm run comments while it runs", async () => {
		const fields = { post: "cat", name: "Mika", text: "a comment that waits" };
		const posted = await fetch(`${origin}/comments`, {
			method: "POST",
			body: new URLSearchParams(fields),
			headers: { origin, "sec-fetch-site": "same-origin" },
			redirect: "manual",
		});
		expect(posted.status).toBe(303);
		expect(await textOf("/2026/01/02/cat/")).not.toContain(fields.text);
		const listed = await runCommand("comments", ["list"], env);
		expect(listed.stdout).toMatch(
			/^1 {2}20\d\d-\d\d-\d\d \d\d:\d\dZ {2}cat {2}Mika\n {4}a comment that waits\n/,
		);
		const approved = await runCommand("comments", ["approve", "1"], env);
		expect(approved).toEqual({
			code: 0,
			stdout: "Comment 1 by Mika is published:\n    a comment that waits\n",
			stderr: "",
		});
		expect(await textOf("/2026/01/02/cat/")).toContain(fields.text);
		const again = await runCommand("comments", ["approve", "1"], env);
		expect(again).toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/^Comment 1 is already published\./),
		});
	});

	it("runs the cron jobs at the interval given, such as training on decisions", async () => {
		const folder = join(persistTo, "v3/d1/miniflare-D1DatabaseObject");
		const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
		const database = new DatabaseSync(join(folder, file ?? ""), { readOnly: true });
		const trained = () =>
			database.prepare("SELECT count(*) AS n FROM training_examples WHERE trained_label = 'approved'").get();
		await vi.waitFor(() => expect(trained()).toEqual({ n: 1 }), { timeout: 100_000, interval: 500 });
		database.close();
	});

	it("does not start on a port in use", async () => {
		const second = await runCommand("start", [], env);
		expect(second.code).toBe(1);
		expect(second.stderr).toMatch(/^Port \d+ is in use, perhaps by another npm start\. .*\n$/);
	});

	it("does not start on a store in use", async () => {
		const second = await runCommand("start", [], { ...env, PORT: String(await freePort()) });
		expect(second).toMatchObject({ code: 1, stdout: "" });
		expect(second.stderr).toBe(
			`Another npm start uses the database in ${persistTo}. Stop that, or choose another folder: PERSIST_TO=other npm start\n`,
		);
	});

	it.skipIf(process.platform === "win32")("lets only this user read the database and the secrets", () => {
		const modes = readdirSync(persistTo, { recursive: true, encoding: "utf8" })
			.filter((path) => /^(v3(\/d1(\/.*)?)?|secrets\.env|start\.lock)$/.test(path))
			.map((path) => ({ path, stats: statSync(join(persistTo, path)) }));
		expect(statSync(persistTo).mode & 0o777).toBe(0o700);
		expect(modes.filter(({ path }) => path.endsWith(".sqlite")).length).toBeGreaterThan(0);
		for (const { path, stats } of modes) {
			expect([path, stats.mode & 0o777]).toEqual([path, stats.isDirectory() ? 0o700 : 0o600]);
		}
	});

	it("stops on Ctrl-C, pressed twice, and leaves no process behind", async () => {
		const before = processesOfBlog();
		if (before !== null) expect(before.length).toBeGreaterThan(2);
		const outputBefore = blog.stdout() + blog.stderr();
		blog.signal("SIGINT");
		blog.signal("SIGINT");
		expect(await blog.ended).toBe(0);
		expect(blog.stdout() + blog.stderr()).toBe(outputBefore);
		await eventually(() => expect(processesOfBlog() ?? []).toEqual([]));
	});

	it("keeps secrets and comments between starts", async () => {
		const file = join(persistTo, "secrets.env");
		const secrets = readFileSync(file, "utf8");
		expect(secrets).toMatch(/^SIGNING_SECRET=[\w-]{43}$/m);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		blog = startCommand("start", [], env);
		await blog.waitFor(/edgecat is running at/);
		expect(readFileSync(file, "utf8")).toBe(secrets);
		expect(await textOf("/2026/01/02/cat/")).toContain("a comment that waits");
		blog.signal("SIGTERM");
		expect(await blog.ended).toBe(0);
	});

	it.skipIf(processesOfBlog() === null)("stops on a signal during start", async () => {
		const starting = startCommand("start", [], env);
		// Its first child is running, so the signal handlers are set.
		await eventually(() => expect(processesOfBlog()?.length).toBeGreaterThan(1));
		starting.signal("SIGINT");
		const code = await starting.ended;
		expect({ code, stderr: starting.stderr() }).toEqual({ code: 0, stderr: "" });
		expect(starting.stdout()).toMatch(
			/^Building content and preparing the database…\n(1 post, 0 pages\. Starting the server…\n)?$/,
		);
		await eventually(() => expect(processesOfBlog()).toEqual([]));
	});

	it("exits with the errors if the content has any", async () => {
		writeFileSync(postFile, post("").replace("title", "titel"));
		const fresh = join(folder, "fresh");
		const { code, stdout, stderr } = await runCommand("start", [], { ...env, PERSIST_TO: fresh });
		expect(code).toBe(1);
		// Not even created: content is checked before the database is touched.
		expect(readdirSync(fresh).filter((name) => name !== "start.lock" && name !== "content")).toEqual([]);
		expect(stdout).toBe("Building content and preparing the database…\n");
		expect(stderr).toMatch(/content\/posts\/cat\.md:\d+: .*did you mean "title"/);
		expect(stderr).toMatch(/The blog was not started. Fix the content, then run npm start again\.\n$/);
	});
});

async function textOf(path: string): Promise<string> {
	const response = await fetch(origin + path);
	expect(response.status).toBe(200);
	return await response.text();
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "localhost");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}

/** Returns every process with this test's PERSIST_TO in its environment; null without /proc. */
function processesOfBlog(): string[] | null {
	if (!existsSync("/proc/self/environ")) return null;
	return readdirSync("/proc").filter((name) => {
		if (!/^\d+$/.test(name)) return false;
		try {
			return readFileSync(`/proc/${name}/environ`, "utf8").includes(`PERSIST_TO=${persistTo}`);
		} catch {
			return false;
		}
	});
}
