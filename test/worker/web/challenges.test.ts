import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findProof, isValidProof } from "../../../src/comments/proof-of-work.ts";
import { type Blog, type BlogOptions, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { eventually } from "../../support/eventually.ts";
import { type World, world } from "../../support/outside.ts";

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
const tokenIn = (address: string) => new URL(address, blog.origin).searchParams.get("flash") ?? "";
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const prove = async (id: number, flash: string, nonce?: string) =>
	blog.post(`/comments/${id}/proof`, { flash, nonce: nonce ?? quickProof(flash) });
/** Finds a proof with native code; the page's script takes a hundred times as long. */
function quickProof(token: string): string {
	for (let nonce = 0; ; nonce++) {
		const digest = createHash("sha256").update(`${token}.${nonce}`).digest();
		if (Math.clz32(digest.readUInt32BE(0)) >= 15) return String(nonce);
	}
}
const clear = async () => {
	await emptyTables(blog.db, "comments", "threads", "training_examples", "audit_log", "comment_events");
};

describe("a first comment during a flood", () => {
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

	it("is held; its author is told so, and nobody else sees it", async () => {
		expect(held.status).toBe(303);
		expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual([
			"published",
			"published",
			"held",
		]);
		expect(await findings(3)).toEqual([{ rule: "proof_of_work", verdict: "hold", detail: "2" }]);
		const own = await page(landing(held));
		expect(own).toContain("waiting for approval");
		expect(own).toMatch(/<form class="challenge" method="post" action="\/comments\/3\/proof"[^>]* hidden>/);
		const shared = await page();
		expect(shared).not.toContain("three");
		expect(shared).not.toContain("challenge");
	});

	it("is published once its browser has solved the proof of work, without a decision or training example", async () => {
		const done = await prove(3, tokenIn(landing(held)));
		expect(done.status).toBe(303);
		const own = await page(landing(done), { Cookie: cookieOf(held) });
		expect(own).toContain("Your comment has been published.");
		expect(own).toContain("Edit or delete");
		expect(own).not.toContain("challenge");
		expect(await page()).toContain("three");
		expect(await findings(3)).toEqual([]);
		await blog.cron();
		expect(await count("training_examples")).toBe(0);
		const { results } = await blog.db.prepare("SELECT kind, actor, before, after FROM audit_log").all();
		expect(results).toEqual([
			{ kind: "challenge_passed", actor: "author", before: "held", after: "published" },
		]);
	});

	it("is published once if the proof is sent several times at once", async () => {
		const token = tokenIn(landing(held));
		const nonce = (await findProof(token)) ?? "";
		const all = await Promise.all(Array.from({ length: 5 }, () => prove(3, token, nonce)));
		for (const response of all) {
			expect(response.status).toBe(303);
			expect(await page(landing(response))).toContain("Your comment has been published.");
		}
		expect(await count("audit_log")).toBe(1);
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 3");
		await prove(3, token, nonce);
		expect(await stateOf(3)).toBe("spam");
	});

	it("stays held if the proof is too weak, and says so", async () => {
		const token = tokenIn(landing(held));
		let easy = 0;
		while (await isValidProof(token, String(easy))) easy++;
		for (const nonce of [String(easy), "", "-1", "1e3", "9".repeat(400)]) {
			const refused = await prove(3, token, nonce);
			const own = await page(landing(refused));
			expect(own).toContain("Your browser couldn’t complete the check.");
			expect(own).toContain("three");
			expect(own).not.toContain('class="challenge"');
			const again = /href="([^"]+flash=[^"]+)">Try again/.exec(own)?.[1]?.split("#")[0] ?? "";
			expect(await page(again)).toContain('class="challenge"');
			expect(await stateOf(3)).toBe("held");
		}
	});

	it("accepts proofs for 15 minutes from its arrival, however many attempts there are", async () => {
		let address = landing(held);
		for (const minutes of [5, 10, 14]) {
			blog.setClock(start + minutes * minute);
			const own = await page(landing(await prove(3, tokenIn(address), "-1")));
			address = /href="([^"]+flash=[^"]+)">Try again/.exec(own)?.[1]?.split("#")[0] ?? "";
			expect(await page(address)).toContain('class="challenge"');
		}
		blog.setClock(start + 16 * minute);
		expect((await blog.get(address)).status).toBe(302);
		expect((await prove(3, tokenIn(address))).status).toBe(403);
		expect(await stateOf(3)).toBe("held");
	});

	it.each([
		[
			"its author is blocked",
			"INSERT INTO blocks (kind, value, label, actor, reason, created_at, operation) SELECT 'visitor', visitor, 'x', 'Owner', '', 0, 'x' FROM comments WHERE id = 3",
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

	it("is not published by a proof for another comment, nor by a forged or expired one", async () => {
		const token = tokenIn(landing(held));
		const other = tokenIn(landing(await comment("four")));
		const elsewhere = { "CF-Connecting-IP": "203.0.113.9" };
		const repeated = await blog.post("/comments", { post, name: "花子", text: "three" }, elsewhere);
		const refusals = [
			await prove(3, other),
			await prove(4, token),
			await prove(3, `${token.slice(0, -3)}xyz`),
			await prove(3, "", "1"),
			// A repeated post gets no challenge.
			await prove(3, tokenIn(landing(repeated))),
			await blog.post(
				"/comments/3/proof",
				{ flash: token, nonce: quickProof(token) },
				{ "Sec-Fetch-Site": "cross-site" },
			),
		];
		blog.setClock(start + 16 * minute);
		refusals.push(await prove(3, token));
		for (const refused of refusals) {
			expect(refused.status).toBe(403);
			expect(await refused.text()).toContain("Your comment is saved and waiting for approval");
		}
		expect(await stateOf(3)).toBe("held");
	});

	it("is not published with a text that was not judged", async () => {
		const own = { Cookie: cookieOf(held) };
		await blog.post("/comments/3/revisions", { text: "something else altogether" }, own);
		await prove(3, tokenIn(landing(held)));
		expect(await stateOf(3)).toBe("held");
	});

	it("is not required from visitors with comments published before the flood", async () => {
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

	it("is held for a moderator at the flood limit or with another finding, even with a proof", async () => {
		await comment(
			"links https://a.example https://b.example https://c.example https://d.example https://e.x",
		);
		expect((await findings(4)).map(({ rule }: { rule: string }) => rule)).toEqual(["links", "proof_of_work"]);
		for (const text of ["five", "six"]) await comment(text);
		const token = tokenIn(landing(held));
		const done = await prove(3, token);
		expect(await stateOf(3)).toBe("held");
		expect(await page(landing(done))).toContain("waiting for approval");
		blog.setClock(start + 11 * minute);
		const again = /href="([^"]+flash=[^"]+)">Try again/.exec(await page(landing(done)))?.[1] ?? "";
		await prove(3, tokenIn(again.split("#")[0] ?? ""));
		expect(await stateOf(3)).toBe("published");
	});
});

describe("the owner", () => {
	it("is notified of a comment after its challenge was passed or has expired", async () => {
		const net = world();
		blog = await startBlog({
			files: { "site.yaml": "title: Cats\ncomments: { proof_limit: 0 }\n" },
			env: { WEBHOOK_URL: "https://hook.example/in", WEBHOOK_SECRET: "shared" },
			outbound: net.outside,
		});
		const told = () => net.requests.flatMap(({ body }) => JSON.parse(body).comments);
		const held = await comment("will be proved");
		await comment("will not");
		await blog.cron();
		expect(told()).toEqual([]);
		await prove(1, tokenIn(landing(held)));
		await eventually(() => expect(told()).toMatchObject([{ id: 1, event: "published" }]));
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
		blog.post("/comments/1/proof", { flash: tokenIn(landing(response)), "cf-turnstile-response": token });
	const answers = (answer: unknown) => net.answer(cloudflare, () => Response.json(answer));

	it("is shown on the author's private page, and publishes a comment that passes", async () => {
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
		expect(await page(landing(await pass(held)))).toContain("Your comment has been published.");
		const [asked] = net.requests;
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
		expect(own).toContain("Your browser couldn’t complete the check.");
		expect(await stateOf(1)).toBe("held");
		expect(net.requests.map(({ host }) => host)).toEqual([cloudflare]);
	});

	it("is not called for an impossible token, nor without a held comment", async () => {
		const held = await run();
		answers({ success: true });
		for (const token of ["", "x".repeat(2049)]) await pass(held, token);
		await blog.post("/comments/1/proof", { flash: "x.y.z", "cf-turnstile-response": "token" });
		expect(net.requests).toEqual([]);
		expect(await stateOf(1)).toBe("held");
	});

	it("is replaced by the proof of work for a visitor who has passed it", async () => {
		const held = await run({ files: { "site.yaml": "title: Cats\ncomments: { proof_limit: 0 }\n" } });
		expect(await findings(1)).toMatchObject([{ rule: "turnstile" }]);
		answers({ success: true });
		await pass(held);
		await comment("again", { Cookie: cookieOf(held) });
		expect(await findings(2)).toMatchObject([{ rule: "proof_of_work" }]);
	});

	it("adds nothing to a shared page", async () => {
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

	it("leaves comments to the moderators when it is removed from the settings", async () => {
		const held = await run();
		const token = landing(held);
		await blog.stop();
		blog = await startBlog();
		const bare = await blog.get(token);
		expect(bare.headers.get("Content-Security-Policy")).not.toContain("frame-src");
		expect(await bare.text()).not.toContain("cf-turnstile");
	});
});
