import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { findProof, isProof } from "../../src/comments/proof-of-work.ts";
import { type Blog, type BlogOptions, startBlog } from "../support/blog.ts";
import { type World, world } from "../support/outside.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const start = Date.parse("2026-01-01T00:00:00Z");
const minute = 60_000;
let blog: Blog;

const comment = (text: string, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text }, headers);
const stateOf = async (id: number) =>
	blog.db.prepare("SELECT state FROM comments WHERE id = ?").bind(id).first<string>("state");
const findings = async (id: number) =>
	JSON.parse(
		(await blog.db
			.prepare("SELECT findings FROM comments WHERE id = ?")
			.bind(id)
			.first<string>("findings")) ?? "[]",
	);
const count = (table: string) => blog.db.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n");
const landing = (response: Response) => (response.headers.get("Location") ?? "").split("#")[0] ?? "";
const page = async (address = path, headers: Record<string, string> = {}) =>
	(await blog.get(address, headers)).text();
const tokenIn = (address: string) => new URL(address, blog.origin).searchParams.get("fresh") ?? "";
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const prove = async (id: number, fresh: string, nonce?: string) =>
	blog.post(`/comments/${id}/proof`, { fresh, nonce: nonce ?? quickProof(fresh) });
/** A proof as a program made for it finds one: the page's script takes a hundred times as long. */
function quickProof(token: string): string {
	for (let nonce = 0; ; nonce++) {
		const digest = createHash("sha256").update(`${token}.${nonce}`).digest();
		if (Math.clz32(digest.readUInt32BE(0)) >= 15) return String(nonce);
	}
}
const clear = async () => {
	for (const table of ["comments", "threads", "lessons", "decisions", "news"])
		await blog.db.exec(`DELETE FROM ${table}`);
};

describe("a newcomer's comment while many come", () => {
	beforeAll(async () => {
		blog = await startBlog({
			files: { "site.yaml": "title: Cats\ncomments: { proof_limit: 2, flood_limit: 6 }\n" },
		});
	});
	afterAll(() => blog.stop());
	let held: Response;
	beforeEach(async () => {
		blog.setClock(start);
		await clear();
		for (const text of ["one", "two"]) await comment(text);
		held = await comment("three");
	});

	it("is kept and waits, as its author is told, and is shown to nobody else", async () => {
		expect(held.status).toBe(303);
		expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual([
			"published",
			"published",
			"held",
		]);
		expect(await findings(3)).toEqual([{ rule: "proof", verdict: "hold", detail: "2" }]);
		const own = await page(landing(held));
		expect(own).toContain("waiting for approval");
		expect(own).toMatch(/<form class="step-up" method="post" action="\/comments\/3\/proof"[^>]* hidden>/);
		const shared = await page();
		expect(shared).not.toContain("three");
		expect(shared).not.toContain("step-up");
	});

	it("is on the page once its browser has done the work, which is nobody's decision and no lesson", async () => {
		const done = await prove(3, tokenIn(landing(held)));
		expect(done.status).toBe(303);
		const own = await page(landing(done), { Cookie: cookieOf(held) });
		expect(own).toContain("Your comment is on the page.");
		expect(own).toContain("Change or delete it");
		expect(own).not.toContain("step-up");
		expect(await page()).toContain("three");
		expect(await findings(3)).toEqual([]);
		await blog.cron();
		expect(await count("lessons")).toBe(0);
		const { results } = await blog.db.prepare("SELECT kind, made_by, before, after FROM decisions").all();
		expect(results).toEqual([{ kind: "proved", made_by: "author", before: "held", after: "published" }]);
	});

	it("is published once, however often and at once the proof is sent", async () => {
		const token = tokenIn(landing(held));
		const nonce = (await findProof(token)) ?? "";
		const all = await Promise.all(Array.from({ length: 5 }, () => prove(3, token, nonce)));
		for (const response of all) {
			expect(response.status).toBe(303);
			expect(await page(landing(response))).toContain("Your comment is on the page.");
		}
		expect(await count("decisions")).toBe(1);
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 3");
		await prove(3, token, nonce);
		expect(await stateOf(3)).toBe("spam");
	});

	it("goes on waiting when the work is too little, and says what becomes of it", async () => {
		const token = tokenIn(landing(held));
		let easy = 0;
		while (await isProof(token, String(easy))) easy++;
		for (const nonce of [String(easy), "", "-1", "1e3", "9".repeat(400)]) {
			const refused = await prove(3, token, nonce);
			const own = await page(landing(refused));
			expect(own).toContain("Your browser could not speak for it just now.");
			expect(own).toContain("three");
			expect(own).not.toContain('class="step-up"');
			const again = /href="([^"]+fresh=[^"]+)">Try once more/.exec(own)?.[1]?.split("#")[0] ?? "";
			expect(await page(again)).toContain('class="step-up"');
			expect(await stateOf(3)).toBe("held");
		}
	});

	it("can be tried for a quarter of an hour from when it came, however often it is tried", async () => {
		let address = landing(held);
		for (const minutes of [5, 10, 14]) {
			blog.setClock(start + minutes * minute);
			const own = await page(landing(await prove(3, tokenIn(address), "-1")));
			address = /href="([^"]+fresh=[^"]+)">Try once more/.exec(own)?.[1]?.split("#")[0] ?? "";
			expect(await page(address)).toContain('class="step-up"');
		}
		blog.setClock(start + 16 * minute);
		expect((await blog.get(address)).status).toBe(302);
		expect((await prove(3, tokenIn(address))).status).toBe(403);
		expect(await stateOf(3)).toBe("held");
	});

	it.each([
		[
			"its author is blocked",
			"INSERT INTO blocks (kind, value, label, made_by, reason, created_at, act) SELECT 'visitor', visitor, 'x', 'Owner', '', 0, 'x' FROM comments WHERE id = 3",
		],
		[
			"the thread is closed",
			`INSERT INTO threads (post_id, closed_at) VALUES ('${post}', 1) ON CONFLICT DO UPDATE SET closed_at = 1`,
		],
	])("waits for a person when %s meanwhile", async (_, sql) => {
		await blog.db.exec(sql);
		await prove(3, tokenIn(landing(held)));
		expect(await stateOf(3)).toBe("held");
		await blog.db.exec("DELETE FROM blocks");
	});

	it("is not published by a proof for another, by a forged or by a lapsed one, each refused with a sentence", async () => {
		const token = tokenIn(landing(held));
		const other = tokenIn(landing(await comment("four")));
		const elsewhere = { "CF-Connecting-IP": "203.0.113.9" };
		const repeated = await blog.post("/comments", { post, name: "花子", text: "three" }, elsewhere);
		const refusals = [
			await prove(3, other),
			await prove(4, token),
			await prove(3, `${token.slice(0, -3)}xyz`),
			await prove(3, "", "1"),
			// Whoever says the same words again is not asked to prove them.
			await prove(3, tokenIn(landing(repeated))),
			await blog.post(
				"/comments/3/proof",
				{ fresh: token, nonce: quickProof(token) },
				{ "Sec-Fetch-Site": "cross-site" },
			),
		];
		blog.setClock(start + 16 * minute);
		refusals.push(await prove(3, token));
		for (const refused of refusals) {
			expect(refused.status).toBe(403);
			expect(await refused.text()).toContain("Your comment is kept and waits for approval");
		}
		expect(await stateOf(3)).toBe("held");
	});

	it("is not published in other words than were judged", async () => {
		const own = { Cookie: cookieOf(held) };
		await blog.post("/comments/3/revisions", { text: "something else altogether" }, own);
		await prove(3, tokenIn(landing(held)));
		expect(await stateOf(3)).toBe("held");
	});

	it("is asked of nobody who had something published before it all began", async () => {
		await clear();
		const friend = { Cookie: cookieOf(await comment("long ago")) };
		blog.setClock(start + 11 * minute);
		for (const text of ["one", "two", "three"]) await comment(text);
		await comment("a friend's", friend);
		expect(await stateOf(5)).toBe("published");
		const proven = await comment("four");
		await prove(6, tokenIn(landing(proven)));
		expect(await stateOf(6)).toBe("published");
		await comment("and more", { Cookie: cookieOf(proven) });
		expect(await stateOf(7)).toBe("held");
	});

	it("waits for a person, whatever its browser does, when it floods or something else speaks against it", async () => {
		await comment(
			"links https://a.example https://b.example https://c.example https://d.example https://e.x",
		);
		expect((await findings(4)).map(({ rule }: { rule: string }) => rule)).toEqual(["links", "proof"]);
		for (const text of ["five", "six"]) await comment(text);
		const token = tokenIn(landing(held));
		const done = await prove(3, token);
		expect(await stateOf(3)).toBe("held");
		expect(await page(landing(done))).toContain("waiting for approval");
		blog.setClock(start + 11 * minute);
		const again = /href="([^"]+fresh=[^"]+)">Try once more/.exec(await page(landing(done)))?.[1] ?? "";
		await prove(3, tokenIn(again.split("#")[0] ?? ""));
		expect(await stateOf(3)).toBe("published");
	});
});

describe("the owner", () => {
	it("hears of a comment once its browser is done with it, or has had its time", async () => {
		const net = world();
		blog = await startBlog({
			files: { "site.yaml": "title: Cats\ncomments: { proof_limit: 0 }\n" },
			env: { WEBHOOK_URL: "https://hook.example/in", WEBHOOK_SECRET: "shared" },
			outbound: net.outside,
		});
		const told = () => net.heard.flatMap(({ body }) => JSON.parse(body).comments);
		const held = await comment("will be proved");
		await comment("will not");
		await blog.cron();
		expect(told()).toEqual([]);
		await prove(1, tokenIn(landing(held)));
		await vi.waitFor(() => expect(told()).toMatchObject([{ id: 1, event: "published" }]));
		blog.setClock(start + 3 * minute);
		await blog.cron();
		expect(told()).toMatchObject([
			{ id: 1, event: "published" },
			{ id: 2, event: "waiting" },
		]);
		await blog.stop();
	});
});

describe("Turnstile", () => {
	const keys = { TURNSTILE_SITE_KEY: "0x4site", TURNSTILE_SECRET: "0x4secret" };
	const cloudflare = "challenges.cloudflare.com";
	let net: World;
	beforeEach(() => {
		net = world();
	});
	afterEach(() => blog.stop());
	const run = async (options: BlogOptions = {}) => {
		blog = await startBlog({ env: keys, outbound: net.outside, ...options });
		return comment("from a newcomer");
	};
	const pass = (response: Response, token = "token") =>
		blog.post("/comments/1/proof", { fresh: tokenIn(landing(response)), "cf-turnstile-response": token });
	const answers = (answer: unknown) => net.answer(cloudflare, () => Response.json(answer));

	it("is asked on the author's own page, and publishes what it lets through", async () => {
		const held = await run();
		expect(await findings(1)).toMatchObject([{ rule: "turnstile", verdict: "hold" }]);
		const own = await blog.get(landing(held));
		expect(own.headers.get("Content-Security-Policy")).toContain(
			`script-src 'self' https://${cloudflare}; frame-src https://${cloudflare};`,
		);
		expect(own.headers.get("Cache-Control")).toBe("private, no-store");
		const html = await own.text();
		expect(html).toContain('data-sitekey="0x4site"');
		expect(html).toContain(`src="https://${cloudflare}/turnstile/v0/api.js"`);
		expect(html).toContain("waiting for approval");
		answers({ success: true, "error-codes": [] });
		expect(await page(landing(await pass(held)))).toContain("Your comment is on the page.");
		const [asked] = net.heard;
		expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
			secret: "0x4secret",
			response: "token",
		});
		await comment("from a friend", { Cookie: cookieOf(held) });
		expect(await stateOf(2)).toBe("published");
	});

	it.each<[string, () => Response | Promise<Response>]>([
		["refuses", () => Response.json({ success: false, "error-codes": ["timeout-or-duplicate"] })],
		["is down", () => new Response("no", { status: 503 })],
		["cannot be reached", () => Response.error()],
		["says something else", () => new Response("<html>true</html>")],
		["says yes in the wrong way", () => Response.json({ success: "true" })],
		["says far too much", () => new Response(" ".repeat(20_000) + JSON.stringify({ success: true }))],
		[
			"leads elsewhere",
			() => new Response(null, { status: 302, headers: { Location: "https://x.example" } }),
		],
	])("holds the comment, and loses nothing, when it %s", async (_, answer) => {
		const held = await run();
		net.answer(cloudflare, answer);
		const own = await page(landing(await pass(held)));
		expect(own).toContain("from a newcomer");
		expect(own).toContain("Your browser could not speak for it just now.");
		expect(await stateOf(1)).toBe("held");
		expect(net.heard.map(({ host }) => host)).toEqual([cloudflare]);
	});

	it("is not bothered with what cannot be a token, nor by whoever has no comment there", async () => {
		const held = await run();
		answers({ success: true });
		for (const token of ["", "x".repeat(2049)]) await pass(held, token);
		await blog.post("/comments/1/proof", { fresh: "x.y.z", "cf-turnstile-response": "token" });
		expect(net.heard).toEqual([]);
		expect(await stateOf(1)).toBe("held");
	});

	it("is asked at most once more for a proof of work, by a friend of some minutes in a flood", async () => {
		const held = await run({ files: { "site.yaml": "title: Cats\ncomments: { proof_limit: 0 }\n" } });
		expect(await findings(1)).toMatchObject([{ rule: "turnstile" }]);
		answers({ success: true });
		await pass(held);
		await comment("again", { Cookie: cookieOf(held) });
		expect(await findings(2)).toMatchObject([{ rule: "proof" }]);
	});

	it("puts nothing of its own on a page that others see", async () => {
		const held = await run();
		answers({ success: true });
		await pass(held);
		const reply = await blog.get("/comments/1/reply");
		const shared = [
			"/",
			path,
			`${path}?sort=newest`,
			"/archive/",
			"/feed.xml",
			"/comments.xml",
			"/none",
			"/me",
		];
		const all = [reply, ...(await Promise.all(shared.map((address) => blog.get(address))))];
		all.push(await blog.post("/comments", { post, name: "", text: "" }));
		for (const response of all) {
			expect(response.headers.get("Content-Security-Policy")).not.toMatch(/challenges|frame-src/);
			expect(await response.text()).not.toContain("challenges.cloudflare.com");
		}
	});

	it("leaves comments to wait for a person when it is taken away", async () => {
		const held = await run();
		const token = landing(held);
		await blog.stop();
		blog = await startBlog();
		const bare = await blog.get(token);
		expect(bare.headers.get("Content-Security-Policy")).not.toContain("frame-src");
		expect(await bare.text()).not.toContain("cf-turnstile");
	});
});
