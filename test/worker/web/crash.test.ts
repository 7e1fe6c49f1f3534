import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildOwnMachine, startOwnMachine } from "../../support/own-machine.ts";
import { type Server, startServer } from "../../support/server.ts";

let folder: string;
let server: Server;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "edgecat-crash-"));
	const files = {
		"site.yaml": "title: Load\npermalink: /:slug/\n",
		"posts/hello.md": "---\ntitle: Hello\ndate: 2024-05-01\n---\nHello.\n",
	};
	server = process.env.EDGECAT_TEST_HOST === "own-machine" ? await serveOwn(files) : await serve(files);
});
afterAll(async () => {
	await server?.stop();
	await rm(folder, { recursive: true, force: true });
});

describe("workerd killed under load", () => {
	it("keeps every comment it acknowledged, with correct counts", async () => {
		const cookie = (await send("the first")).headers.get("Set-Cookie")?.split(";")[0] ?? "";
		const acknowledged = ["the first"];
		let dead = false;
		let crashed: Promise<void> | null = null;
		const writer = async (number: number) => {
			for (let i = 0; !dead; i++) {
				const text = `writer ${number}, comment ${i}`;
				const answer = await send(text, cookie).catch(() => null);
				if (answer !== null && answer.status !== 303)
					throw new Error(`${text} was answered ${answer.status}`);
				if (answer !== null) acknowledged.push(text);
				if (acknowledged.length < 200 || crashed !== null) continue;
				crashed = server.crash().finally(() => {
					dead = true;
				});
			}
		};
		await Promise.all(Array.from({ length: 16 }, (_, number) => writer(number)));
		await crashed;
		await server.start();
		const exported = await fetch(`${server.origin}/me/export`, { headers: { Cookie: cookie } });
		const { comments } = (await exported.json()) as { comments: { source: string; state: string }[] };
		const kept = new Set(comments.map(({ source }) => source));
		expect(acknowledged.length).toBeGreaterThanOrEqual(200);
		expect(acknowledged.filter((text) => !kept.has(text))).toEqual([]);
		expect(kept.size).toBe(comments.length);
		const published = comments.filter(({ state }) => state === "published").length;
		expect(await (await fetch(`${server.origin}/hello/`)).text()).toContain(`${published} comments`);
		console.log(`killed under load: ${acknowledged.length} acknowledged, ${comments.length} kept`);
	}, 180_000);
});

async function serve(files: Record<string, string>): Promise<Server> {
	const content = join(folder, "posts-to-talk-about");
	await mkdir(join(content, "posts"), { recursive: true });
	for (const [path, text] of Object.entries(files)) await writeFile(join(content, path), text);
	return startServer(folder, { CONTENT_DIR: content });
}

async function serveOwn(files: Record<string, string>): Promise<Server> {
	await buildOwnMachine(join(folder, "built"), files);
	return startOwnMachine(join(folder, "built"));
}

function send(text: string, cookie = ""): Promise<Response> {
	return fetch(`${server.origin}/comments`, {
		method: "POST",
		redirect: "manual",
		body: new URLSearchParams({ post: "hello", name: "Ann", text }),
		headers: { "Sec-Fetch-Site": "same-origin", Cookie: cookie },
	});
}
