import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleFiles } from "../support/blog.ts";
import { buildOwnMachine, type OwnMachine, startOwnMachine } from "../support/own-machine.ts";

const work = mkdtempSync(join(tmpdir(), "edgecat-selfhost-"));
const folder = join(work, "moved");
const data = join(folder, "data");
const path = "/2024/05/01/hello/";
let blog: OwnMachine;

beforeAll(async () => {
	const built = join(work, "built");
	await buildOwnMachine(built, {
		...sampleFiles,
		"media/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
	});
	cpSync(built, folder, { recursive: true });
	rmSync(built, { recursive: true });
	blog = await startOwnMachine(folder);
});

afterAll(async () => {
	await blog?.stop();
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

	it("lets only this user read the data, and keeps the secrets it made", async () => {
		const before = readFileSync(join(data, "secrets.env"), "utf8");
		expect(before).toMatch(/^SIGNING_SECRET=[\w-]{43}\nINVITE_SECRET=[\w-]{43}\n$/);
		await blog.restart();
		expect(readFileSync(join(data, "secrets.env"), "utf8")).toBe(before);
		const open = readdirSync(data, { recursive: true, encoding: "utf8" }).filter(
			(name) => (statSync(join(data, name)).mode & 0o077) !== 0,
		);
		expect(open).toEqual([]);
	});

	it("refuses a second server of the same data, and a port that is none", () => {
		expect(startError({})).toBe(
			`Another process uses the data in ${data}. Stop it, or set DATA_DIR to another folder.\n`,
		);
		expect(startError({ PORT: "80a" })).toMatch(/^PORT is "80a"; use a whole number/);
	});
});

function startError(env: Record<string, string>): string {
	try {
		execFileSync(join(folder, "start"), { cwd: "/", env, stdio: "pipe" });
	} catch (error) {
		return String((error as { stderr: Buffer }).stderr);
	}
	throw new Error("start did not fail");
}
