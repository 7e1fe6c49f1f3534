import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { type World, world } from "../../support/outside.ts";

const post = "2024-05-02-こんばんは";
let blog: Blog;
let net: World;
beforeAll(async () => {
	blog = await startBlog({ env: { AKISMET_KEY: "key" }, outbound: (request) => net.outside(request) });
});
beforeEach(async () => {
	net = world();
	await emptyTables(blog.db, "comments", "threads", "revisions", "audit_log", "used_tokens");
});
afterAll(() => blog.stop());

const akismet = "rest.akismet.com";
const comment = (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text: "はじめまして。", ...fields }, headers);
const answers = (body: string, headers: Record<string, string> = {}) =>
	net.answer(akismet, () => new Response(body, { headers }));
const last = async () => {
	const row = await blog.db
		.prepare("SELECT state, findings FROM comments ORDER BY id DESC LIMIT 1")
		.first<{ state: string; findings: string | null }>();
	return { state: row?.state, findings: JSON.parse(row?.findings ?? "[]") };
};

describe("Akismet", () => {
	it("checks a newcomer's comment, which is published if it passes", async () => {
		answers("false");
		await comment(
			{ email: "hanako@mail.example", website: "https://hanako.example" },
			{ "CF-Connecting-IP": "192.0.2.1", "User-Agent": "Browser/1" },
		);
		expect(await last()).toEqual({ state: "published", findings: [] });
		expect(net.requests).toHaveLength(1);
		expect(Object.fromEntries(new URLSearchParams(net.requests[0]?.body))).toEqual({
			api_key: "key",
			blog: "https://cats.example",
			blog_lang: "en, ja",
			blog_charset: "UTF-8",
			permalink: `https://cats.example/2024/05/02/${encodeURIComponent("こんばんは")}/`,
			user_ip: "192.0.2.1",
			user_agent: "Browser/1",
			comment_type: "comment",
			comment_author: "花子",
			comment_author_email: "hanako@mail.example",
			comment_author_url: "https://hanako.example/",
			comment_content: "はじめまして。",
			comment_date_gmt: "2026-01-01T00:00:00.000Z",
		});
	});

	it("holds comments it flags, and only marks those to discard as spam", async () => {
		answers("true");
		await comment();
		expect(await last()).toMatchObject({ state: "held", findings: [{ rule: "akismet", verdict: "hold" }] });
		answers("true", { "X-akismet-pro-tip": "discard" });
		await comment({ text: "Buy." });
		expect(await last()).toMatchObject({ state: "spam", findings: [{ rule: "akismet", verdict: "spam" }] });
	});

	it.each<[string, () => Response | Promise<Response>, string]>([
		[
			"the key is wrong",
			() => new Response("invalid", { headers: { "X-akismet-debug-help": "Wrong key" } }),
			"Wrong key",
		],
		["the response is empty", () => new Response(""), "unknown response"],
		["it is down", () => new Response("false", { status: 500 }), "answered 500"],
		["it redirects", () => Response.redirect("https://evil.example/"), "answered 302"],
		[
			"the response is too long",
			() => new Response("false".repeat(9_999)),
			"The response is longer than 16384 bytes.",
		],
		[
			"it times out",
			() => new Promise((resolve) => setTimeout(() => resolve(new Response("false")), 20_000).unref()),
			"The operation was aborted due to timeout",
		],
	])("holds a comment, with the reason, if %s", async (_, answer, detail) => {
		net.answer(akismet, answer);
		expect((await comment()).status).toBe(303);
		expect(await last()).toEqual({
			state: "held",
			findings: [{ rule: "akismet_unreachable", verdict: "hold", detail }],
		});
		expect(net.requests.map(({ host }) => host)).toEqual([akismet]);
	});

	it("does not receive comments or edits of known commenters, spam, or previews", async () => {
		answers("false");
		const first = await comment();
		const known = { Cookie: first.headers.get("Set-Cookie")?.split(";")[0] ?? "" };
		await comment({ text: "友だちです。" }, known);
		await comment({ text: "広告", subject: "filled in" });
		await comment({ text: "見るだけ", intent: "preview" });
		await blog.post("/comments/1/revisions", { text: "書き直しました。" }, known);
		expect(net.requests).toHaveLength(1);
	});

	it("checks a newcomer's edits of comments that passed", async () => {
		answers("false");
		const posted = await comment();
		const own = { Cookie: posted.headers.get("Set-Cookie")?.split(";")[0] ?? "" };
		answers("true");
		await blog.post("/comments/1/revisions", { text: "広告です。" }, { ...own, "User-Agent": "Browser/2" });
		expect(await last()).toMatchObject({ state: "held", findings: [{ rule: "akismet" }] });
		const asked = new URLSearchParams(net.requests[1]?.body);
		expect([asked.get("comment_content"), asked.get("user_agent")]).toEqual(["広告です。", "Browser/2"]);

		// It is held now, and an edit that passes does not publish it: the finding stays for a moderator.
		answers("false");
		await blog.post("/comments/1/revisions", { text: "よい記事でした。" }, own);
		expect(await last()).toMatchObject({ state: "held", findings: [{ rule: "akismet" }] });
		answers("true", { "X-akismet-pro-tip": "discard" });
		await blog.post("/comments/1/revisions", { text: "もっと広告です。" }, own);
		// Once published, its author is at most held, and not asked about again.
		expect(await last()).toMatchObject({ state: "held", findings: [{ rule: "akismet", verdict: "hold" }] });
		expect(net.requests).toHaveLength(2);
	});
});

it("is not called without a key", async () => {
	const quiet = await startBlog({ outbound: net.outside });
	await quiet.post("/comments", { post, name: "花子", text: "はじめまして。" });
	expect(net.requests).toEqual([]);
	await quiet.stop();
});
