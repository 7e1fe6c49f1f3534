import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localDatabaseFile } from "../../src/cli/local-database.ts";
import { rowsOf } from "../support/backup.ts";
import { sampleFiles } from "../support/blog.ts";
import { eventually } from "../support/eventually.ts";
import { addCronClock, buildOwnMachine, type OwnMachine, startOwnMachine } from "../support/own-machine.ts";
import { type Mailbox, startMailbox, testAuthority } from "../support/smtp.ts";
import { runCommand } from "./command.ts";

const work = mkdtempSync(join(tmpdir(), "edgecat-selfhost-"));
const folder = join(work, "moved");
const data = join(folder, "data");
const path = "/2024/05/01/hello/";
let blog: OwnMachine;
let mails: Mailbox;
let bringCronNear: () => Promise<void>;

beforeAll(async () => {
	const built = join(work, "built");
	await buildOwnMachine(built, {
		...sampleFiles,
		"site.yaml": `${sampleFiles["site.yaml"]}notifications:\n  from: blog@cats.example\n`,
		"media/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
	});
	renameSync(built, folder);
	bringCronNear = await addCronClock(folder);
	mails = await startMailbox();
	mkdirSync(data, { mode: 0o700 });
	writeFileSync(
		join(data, "secrets.env"),
		'# To the owner\nOWNER_EMAIL="owner@cats.example"\nSMTP_URL=smtp://unused',
	);
	blog = await startOwnMachine(folder, {
		SMTP_URL: `smtp://blog:correct@localhost:${mails.port}`,
		SSL_CERT_FILE: testAuthority,
	});
});

afterAll(async () => {
	await blog?.stop();
	await mails?.stop();
	rmSync(work, { recursive: true, force: true });
});

const textOf = async (path: string) => (await fetch(blog.origin + path)).text();

function post(text: string, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(`${blog.origin}/comments`, {
		method: "POST",
		body: new URLSearchParams({ post: "2024-05-01-hello", name: "Mika", text }),
		headers: { "Sec-Fetch-Site": "same-origin", ...headers },
		redirect: "manual",
	});
}

describe("a folder built for a machine of one's own", () => {
	it("keeps a comment through kill -9", async () => {
		expect((await post("Still here after the power cut.")).status).toBe(303);
		await blog.crash();
		await blog.start();
		expect(await textOf(path)).toContain("Still here after the power cut.");
	});

	it("migrates the database before it listens, once", () => {
		const migrations = readdirSync(join(folder, "migrations"));
		expect(blog.output().match(/^Migrated: .*$/gm)).toEqual([`Migrated: ${migrations.join(", ")}`]);
		expect(blog.output().match(/^edgecat listens at http:\/\/127\.0\.0\.1:\d+$/gm)).toHaveLength(2);
	});

	it("serves pictures with the headers of the build, and searches", async () => {
		const picture = await fetch(`${blog.origin}/media/dot.svg`);
		expect(picture.headers.get("Content-Type")).toBe("image/svg+xml");
		expect(picture.headers.get("Content-Security-Policy")).toContain("sandbox");
		expect(await textOf("/search?q=first")).toContain('href="/2024/05/01/hello/');
	});

	it.each(["/_search/", "/%5Fsearch/", "//_search/", "/x/../_search/"])(
		"keeps the files that only the Worker reads to itself, at %s",
		async (prefix) => {
			const [file = ""] = readdirSync(join(folder, "assets/_search"));
			const response = await fetch(`${blog.origin}${prefix}${file}`, { redirect: "manual" });
			expect(response.status).toBeGreaterThanOrEqual(300);
		},
	);

	it("is readable by the user of the service, whoever built it", () => {
		const closed = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
			const entry = statSync(join(folder, name));
			const wanted = entry.isDirectory() ? 0o005 : 0o004;
			return !/^data\b/.test(name) && (entry.mode & wanted) !== wanted;
		});
		expect(closed).toEqual([]);
	});

	it("lets only this user read the data, and keeps the secrets it made", async () => {
		const before = readFileSync(join(data, "secrets.env"), "utf8");
		expect(before).toMatch(/\nSIGNING_SECRET=[\w-]{43}\nINVITE_SECRET=[\w-]{43}\n$/);
		await blog.restart();
		expect(readFileSync(join(data, "secrets.env"), "utf8")).toBe(before);
		const open = readdirSync(data, { recursive: true, encoding: "utf8" }).filter(
			(name) => (statSync(join(data, name)).mode & 0o077) !== 0,
		);
		expect(open).toEqual([]);
	});

	it("mails the owner by SMTP, encrypted, and with a certificate it has checked", async () => {
		expect((await post("Is anybody told of this?")).status).toBe(303);
		const { to, message, isEncrypted } = await mails.next();
		expect({ to, isEncrypted }).toEqual({ to: ["owner@cats.example"], isEncrypted: true });
		expect(message).toMatch(/^From: "?A test of cats"? <blog@cats\.example>$/m);
		expect(message).toContain("Is anybody told of this?");
	});

	it("runs the cron trigger each minute, which sends what waits", async () => {
		expect((await post("Told a little later.")).status).toBe(303);
		const database = new DatabaseSync(await localDatabaseFile(data), { timeout: 5000 });
		// One mail was sent in this half hour; the next waits for its end.
		const hasten = database.prepare("UPDATE outbox SET due_at = 0 WHERE state = 'due' AND lease IS NULL");
		await eventually(() => expect(hasten.run().changes).toBe(1));
		database.close();
		await bringCronNear();
		expect((await mails.next()).message).toContain("Told a little later.");
	});

	it("limits the sign-in attempts of one network, by the address that the proxy gives", async () => {
		const attempt = async (address: string) => {
			const headers = { "X-Forwarded-For": address, "Sec-Fetch-Site": "same-origin" };
			return (await fetch(`${blog.origin}/admin/session`, { method: "POST", headers })).status;
		};
		const statuses: number[] = [];
		// Twice the limit and one more: wherever a minute ends between them, one has too many.
		for (let count = 0; count < 21; count += 1) statuses.push(await attempt(`203.0.113.${count}, 192.0.2.7`));
		expect(statuses[0]).not.toBe(429);
		expect(statuses).toContain(429);
		expect(await attempt("192.0.2.7, 198.51.100.4")).not.toBe(429);
	});

	it("invites a member", async () => {
		const printed = execFileSync(join(folder, "invite"), ["Tom", "moderator"], { cwd: "/", env: {} });
		const [sentence, link = ""] = String(printed).split("\n");
		expect(sentence).toBe("Invitation for Tom (moderator); the link works once, within 24 hours:");
		const { origin, pathname, search } = new URL(link);
		expect(origin).toBe("https://cats.example");
		expect(await textOf(pathname + search)).toContain("Tom");
	});

	it("invites nobody to another blog than the one that runs", () => {
		const elsewhere = join(work, "elsewhere");
		const failed = spawnSync(join(folder, "invite"), [], { env: { DATA_DIR: elsewhere }, encoding: "utf8" });
		expect(failed.status).toBe(1);
		expect(failed.stderr).toMatch(/^No blog has been started with the data in .*elsewhere\. Set DATA_DIR/);
		expect(existsSync(elsewhere)).toBe(false);
	});

	it("says what is wrong with an invitation", () => {
		const failed = spawnSync(join(folder, "invite"), ["Tom", "king"], { env: {}, encoding: "utf8" });
		expect(failed).toMatchObject({ status: 1, stderr: 'The role is "king"; write owner or moderator.\n' });
	});

	it("refuses a second server of the same data, and a port that is none", () => {
		const start = (env: Record<string, string>) =>
			spawnSync(join(folder, "start"), { cwd: "/", env, encoding: "utf8" });
		expect(start({})).toMatchObject({
			status: 1,
			stderr: `Another process uses the data in ${data}. Stop it, or set DATA_DIR to another folder.\n`,
		});
		expect(start({ PORT: "80a" }).stderr).toMatch(/^PORT is "80a"; use a whole number/);
		expect(start({ SMTP_URL: "mail.example" }).stderr).toMatch(/^SMTP_URL does not begin with smtp:/);
	});

	it("does not start on the database of another version", async () => {
		const other = join(work, "other");
		cpSync(data, other, { recursive: true });
		const database = new DatabaseSync(await localDatabaseFile(other));
		database.exec("INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')");
		database.close();
		const { status, stderr } = spawnSync(join(folder, "start"), {
			env: { DATA_DIR: other },
			encoding: "utf8",
		});
		expect(status).toBe(1);
		expect(stderr).toContain("it has the migration 9999_later.sql, which this folder does not.");
	});
});

describe("a blog that a test has started", () => {
	it("ends with the process of the test, however that ends", async () => {
		await blog.stop();
		const module = new URL("../support/own-machine.ts", import.meta.url).pathname;
		const script = `import { startOwnMachine } from "${module}";
			const { origin } = await startOwnMachine("${folder}");
			console.log(origin);`;
		const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
		const [origin] = (await once(child.stdout, "data")) as [Buffer];
		const isServed = () =>
			fetch(String(origin).trim()).then(
				() => true,
				() => false,
			);
		expect(await isServed()).toBe(true);
		child.kill("SIGKILL");
		await eventually(async () => expect(await isServed()).toBe(false));
		await blog.start();
	});
});

describe("the database of a machine of one's own", () => {
	const [first, second] = [join(work, "first.jsonl.gz"), join(work, "second.jsonl.gz")];
	const here = { PERSIST_TO: data };
	const there = { PERSIST_TO: join(work, "store-of-npm-start") };

	it("is backed up while it is served, and restored where npm start runs and back, with the same bytes", async () => {
		expect(await runCommand("backup", [first], here)).toMatchObject({ code: 0, stderr: "" });
		expect(await runCommand("restore", [first], there)).toMatchObject({ code: 0, stderr: "" });
		expect(await runCommand("backup", [second], there)).toMatchObject({ code: 0, stderr: "" });
		expect(rowsOf(second)).toEqual(rowsOf(first));

		expect(await runCommand("restore", [second, "--replace"], here)).toMatchObject({
			code: 1,
			stderr: `The blog is served from the database in ${data}; stop it, then restore.\n`,
		});
		await blog.stop();
		expect(await runCommand("restore", [second, "--replace"], here)).toMatchObject({ code: 0, stderr: "" });
		const third = join(work, "third.jsonl.gz");
		expect(await runCommand("backup", [third], here)).toMatchObject({ code: 0, stderr: "" });
		expect(rowsOf(third)).toEqual(rowsOf(first));
		await blog.start();
		expect(await textOf(path)).toContain("Still here after the power cut.");
		expect((await post("Written after the restore.")).status).toBe(303);
	});

	it("is rid of what was deleted by a vacuum, for which the blog is stopped", async () => {
		expect(await runCommand("selfhost", ["vacuum", data], {})).toMatchObject({
			code: 1,
			stderr: expect.stringContaining("stop it, then vacuum."),
		});
		await blog.stop();
		const file = await localDatabaseFile(data);
		const database = new DatabaseSync(file);
		const secret = "to be erased ".repeat(100);
		database.exec("CREATE TABLE gone (text)");
		for (let count = 0; count < 50; count += 1) database.prepare("INSERT INTO gone VALUES (?)").run(secret);
		database.exec("DROP TABLE gone");
		database.close();
		const holdsSecret = () => readFileSync(file).includes("to be erased");
		expect(holdsSecret()).toBe(true);
		expect(await runCommand("selfhost", ["vacuum", data], {})).toMatchObject({
			code: 0,
			stdout: expect.stringMatching(/^The database has [\d.]+ MB now; it had [\d.]+ MB\.\n$/),
		});
		expect(holdsSecret()).toBe(false);
		await blog.start();
		expect(await textOf(path)).toContain("Written after the restore.");
	});
});
