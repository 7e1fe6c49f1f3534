import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const [post, other] = ["2024-05-01-hello", "2024-05-02-こんばんは"];
const path = "/2024/05/01/hello/";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml": "title: Cats\ncomments:\n  blocked_words: [casino]\n  link_limit: 2\n  flood_limit: 12\n",
		},
	});
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock("2026-01-01T00:00:00Z");
	await emptyTables(blog.db, "comments", "threads", "training_examples", "link_targets", "classifier");
});

const comment = (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text: "よい記事でした", ...fields }, headers);
const page = async (address = path) => (await blog.get(address)).text();
type Row = { state: string; findings: string | null; network: string | null; source: string };
const last = async () => {
	const row = await blog.db.prepare("SELECT * FROM comments ORDER BY id DESC LIMIT 1").first<Row>();
	return (
		row && { ...row, findings: JSON.parse(row.findings ?? "[]").map((one: { rule: string }) => one.rule) }
	);
};
const decide = (id: number, state: string) =>
	blog.db.prepare("UPDATE comments SET state = ? WHERE id = ?").bind(state, id).run();
const long = "These very words are sold to everybody, on every page there is";

describe("a comment stopped by the rules", () => {
	it("is stored and shown to its author only, as held, spam or not", async () => {
		const response = await comment({ text: "buy this", subject: "hello" });
		expect(response.status).toBe(303);
		expect(await last()).toMatchObject({ state: "spam", findings: ["honeypot"], source: "buy this" });
		const own = await page(response.headers.get("Location")?.split("#")[0]);
		expect(own).toContain("buy this");
		expect(own).toContain("waiting for approval");
		expect(await page()).not.toContain("buy this");
	});

	it("stores every finding, by the settings of the site", async () => {
		await comment({ text: "ＣＡＳＩＮＯ here https://a.example/ https://b.example/ https://c.example/" });
		expect(await last()).toMatchObject({ state: "held", findings: ["blocked_word", "links"] });
	});

	it("repeated on other posts is held, then spam, and never published", async () => {
		await comment({ text: long });
		expect((await last())?.state).toBe("published");
		await comment({ post: other, text: `${long.toUpperCase()}!!`, name: "Bob" });
		expect(await last()).toMatchObject({ state: "held", findings: ["duplicate_text"] });
		await decide(1, "spam");
		await comment({ text: `- ${long} -`, name: "Eve" });
		expect(await last()).toMatchObject({ state: "spam", findings: ["duplicate_spam"] });
	});

	it("sent twice is still one comment", async () => {
		const first = await comment({ text: long });
		expect(first.headers.get("Location")).toMatch(/#comment-1$/);
		const again = { Cookie: first.headers.get("Set-Cookie")?.split(";")[0] ?? "" };
		expect((await comment({ text: long }, again)).headers.get("Location")).toMatch(/#comment-1$/);
		expect((await last())?.state).toBe("published");
		expect(await blog.db.prepare("SELECT count(*) AS n FROM comments").first("n")).toBe(1);
	});
});

describe("a form with a render time", () => {
	it("measures the time to fill it in, through preview and rejection", async () => {
		await comment();
		const reply = await page("/comments/1/reply");
		const renderedAt = /name="rendered_at" value="([^"]+)"/.exec(reply)?.[1] ?? "";
		const typed = { rendered_at: renderedAt, parent: "1", text: "look: https://a.example/" };
		blog.setClock("2026-01-01T00:00:01Z");
		const preview = await (await comment({ ...typed, intent: "preview" })).text();
		expect(preview).toContain(`name="rendered_at" value="${renderedAt}"`);
		await comment(typed);
		expect(await last()).toMatchObject({ state: "held", findings: ["too_fast"] });
		blog.setClock("2026-01-01T00:00:09Z");
		await comment({ ...typed, text: "another: https://a.example/" });
		expect((await last())?.state).toBe("published");
		await comment({ ...typed, rendered_at: `${renderedAt}x`, text: "forged: https://a.example/" });
		expect((await last())?.state).toBe("published");
	});

	it("keeps the honeypot's value, so that a preview does not clear it", async () => {
		const html = await (await comment({ subject: "filled", intent: "preview" })).text();
		expect(html).toMatch(/name="subject"[^>]*value="filled"/);
		expect(html).toContain("Leave this field empty");
	});
});

describe("a network", () => {
	const from = (address: string) => ({ "CF-Connecting-IP": address });

	it("with many new visitors at once has their comments held, but no other network's", async () => {
		for (let i = 0; i < 8; i++) await comment({ text: `number ${i}` }, from(`2001:db8::${i}`));
		await comment({ text: "one more" }, from("2001:db8::ff"));
		expect(await last()).toMatchObject({ state: "held", findings: ["burst"] });
		await comment({ text: "from elsewhere" }, from("2001:db8:0:1::1"));
		expect((await last())?.state).toBe("published");
		blog.setClock("2026-01-01T00:10:01Z");
		await comment({ text: "later" }, from("2001:db8::1"));
		expect((await last())?.state).toBe("published");
	});

	it("with more requests than the database can count has them held, not rejected", async () => {
		const limited = await startBlog({ env: { COMMENT_LIMIT: "3" } });
		const sent = await Promise.all(
			Array.from({ length: 6 }, (_, i) =>
				limited.post("/comments", { post, name: "花子", text: `at once ${i}` }, from("192.0.2.9")),
			),
		);
		expect(sent.map(({ status }) => status)).toEqual(Array(6).fill(303));
		const { results } = await limited.db
			.prepare("SELECT state, findings ->> '$[0].rule' AS rule FROM comments ORDER BY state")
			.all();
		const waits = { state: "held", rule: "rate_limit" };
		const stands = { state: "published", rule: null };
		expect(results).toEqual([waits, waits, waits, stands, stands, stands]);
		await limited.stop();
	});

	it("is stored as a digest that changes daily, never as an address", async () => {
		await comment({ text: "today" }, from("192.0.2.77"));
		const today = (await last())?.network;
		expect(today).toMatch(/^[0-9a-f]{32}$/);
		blog.setClock("2026-01-02T00:00:00Z");
		await comment({ text: "tomorrow" }, from("192.0.2.77"));
		expect((await last())?.network).not.toBe(today);
		const { results } = await blog.db.prepare("SELECT * FROM comments").all();
		expect(JSON.stringify(results)).not.toContain("192.0.2.77");
	});
});

describe("a flood", () => {
	it("has every comment held until it is over", async () => {
		for (let i = 0; i < 12; i++) await comment({ text: `number ${i}` });
		await comment({ text: "in the flood" });
		expect(await last()).toMatchObject({ state: "held", findings: ["flood"] });
		blog.setClock("2026-01-01T00:10:01Z");
		await comment({ text: "after it" });
		expect((await last())?.state).toBe("published");
	});
});

describe("a decision", () => {
	it("counts for the reputation of linked hosts, and no longer when reversed", async () => {
		await comment({ text: "https://shop.example/a" });
		await decide(1, "spam");
		await blog.cron();
		await comment({ text: "https://www.shop.example/b" });
		expect(await last()).toMatchObject({ state: "held", findings: ["host_reputation"] });
		await decide(1, "published");
		await blog.cron();
		await comment({ text: "https://shop.example/c" });
		expect((await last())?.state).toBe("published");
		expect(await blog.db.prepare("SELECT * FROM link_targets").first()).toMatchObject({
			approved: 1,
			spam: 0,
		});
	});

	it("trains the classifier", async () => {
		const gnomes = (number: number) => `Wonderful garden gnomes for every lawn, catalogue number ${number}`;
		await comment({ text: gnomes(0) });
		expect((await last())?.state).toBe("published");
		for (let i = 1; i <= 5; i++) {
			await comment({ text: gnomes(i) });
			await decide(i + 1, "spam");
		}
		await blog.cron();
		await comment({ text: gnomes(9) });
		expect(await last()).toMatchObject({ state: "held", findings: ["classifier"] });
		for (let i = 1; i <= 5; i++) await decide(i + 1, "deleted");
		await blog.cron();
		await comment({ text: gnomes(10) });
		expect((await last())?.state).toBe("published");
	});

	it("by the rules is no evidence: what a password manager filled in may be sent again without it", async () => {
		await comment({ text: long, subject: "Ann" });
		expect((await last())?.state).toBe("spam");
		blog.setClock("2026-01-01T00:11:00Z");
		await comment({ text: long });
		expect((await last())?.state).toBe("published");
	});

	it("about one account of a shared host says nothing of the others", async () => {
		await comment({ text: "https://github.com/casinos/win" });
		await decide(1, "spam");
		await blog.cron();
		await comment({ text: "https://github.com/ann/notes" });
		expect((await last())?.state).toBe("published");
		await comment({ text: "https://www.github.com/Casinos" });
		expect(await last()).toMatchObject({ state: "held", findings: ["host_reputation"] });
	});

	it("by the rules trains nothing", async () => {
		await comment({ text: "https://a.example/ Casino" });
		await comment({ text: "buy", subject: "x" });
		await blog.cron();
		expect(await blog.db.prepare("SELECT count(*) AS n FROM training_examples").first("n")).toBe(0);
	});
});
