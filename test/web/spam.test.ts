import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../support/blog.ts";

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
	for (const table of ["comments", "threads", "lessons", "link_hosts", "classifier"])
		await blog.db.exec(`DELETE FROM ${table}`);
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

describe("a comment the rules stop", () => {
	it("is kept, shown to its author as waiting and to nobody else, whatever it was taken for", async () => {
		const response = await comment({ text: "buy this", subject: "hello" });
		expect(response.status).toBe(303);
		expect(await last()).toMatchObject({ state: "spam", findings: ["decoy"], source: "buy this" });
		const own = await page(response.headers.get("Location")?.split("#")[0]);
		expect(own).toContain("buy this");
		expect(own).toContain("waiting for approval");
		expect(await page()).not.toContain("buy this");
	});

	it("keeps every reason, by the settings of the site", async () => {
		await comment({ text: "ＣＡＳＩＮＯ here https://a.example/ https://b.example/ https://c.example/" });
		expect(await last()).toMatchObject({ state: "held", findings: ["word", "links"] });
	});

	it("that repeats itself under other posts waits, then is spam, and never stands", async () => {
		await comment({ text: long });
		expect((await last())?.state).toBe("published");
		await comment({ post: other, text: `${long.toUpperCase()}!!`, name: "Bob" });
		expect(await last()).toMatchObject({ state: "held", findings: ["repeated"] });
		await decide(1, "spam");
		await comment({ text: `- ${long} -`, name: "Eve" });
		expect(await last()).toMatchObject({ state: "spam", findings: ["repeated_spam"] });
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

describe("a form made for one person", () => {
	it("tells how long they took, through preview and refusal", async () => {
		await comment();
		const reply = await page("/comments/1/reply");
		const drawn = /name="drawn" value="([^"]+)"/.exec(reply)?.[1] ?? "";
		const typed = { drawn, parent: "1", text: "look: https://a.example/" };
		blog.setClock("2026-01-01T00:00:01Z");
		const preview = await (await comment({ ...typed, intent: "preview" })).text();
		expect(preview).toContain(`name="drawn" value="${drawn}"`);
		await comment(typed);
		expect(await last()).toMatchObject({ state: "held", findings: ["quick"] });
		blog.setClock("2026-01-01T00:00:09Z");
		await comment({ ...typed, text: "another: https://a.example/" });
		expect((await last())?.state).toBe("published");
		await comment({ ...typed, drawn: `${drawn}x`, text: "forged: https://a.example/" });
		expect((await last())?.state).toBe("published");
	});

	it("gives back what stood in the field nobody sees, so that a preview does not launder it", async () => {
		const html = await (await comment({ subject: "filled", intent: "preview" })).text();
		expect(html).toMatch(/name="subject"[^>]*value="filled"/);
		expect(html).toContain("Leave this empty");
	});
});

describe("a network", () => {
	const from = (address: string) => ({ "CF-Connecting-IP": address });

	it("that sends many newcomers at once makes them wait, and nobody elsewhere", async () => {
		for (let i = 0; i < 8; i++) await comment({ text: `number ${i}` }, from(`2001:db8::${i}`));
		await comment({ text: "one more" }, from("2001:db8::ff"));
		expect(await last()).toMatchObject({ state: "held", findings: ["burst"] });
		await comment({ text: "from elsewhere" }, from("2001:db8:0:1::1"));
		expect((await last())?.state).toBe("published");
		blog.setClock("2026-01-01T00:10:01Z");
		await comment({ text: "later" }, from("2001:db8::1"));
		expect((await last())?.state).toBe("published");
	});

	it("that sends more at once than the database could count waits too, and is refused nothing", async () => {
		const limited = await startBlog({ commentLimit: 3 });
		const sent = await Promise.all(
			Array.from({ length: 6 }, (_, i) =>
				limited.post("/comments", { post, name: "花子", text: `at once ${i}` }, from("192.0.2.9")),
			),
		);
		expect(sent.map(({ status }) => status)).toEqual(Array(6).fill(303));
		const { results } = await limited.db
			.prepare("SELECT state, findings ->> '$[0].rule' AS rule FROM comments ORDER BY state")
			.all();
		const waits = { state: "held", rule: "burst_at_once" };
		const stands = { state: "published", rule: null };
		expect(results).toEqual([waits, waits, waits, stands, stands, stands]);
		await limited.stop();
	});

	it("is kept as a digest that changes each day, never as an address", async () => {
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
	it("makes every comment wait until it is over", async () => {
		for (let i = 0; i < 12; i++) await comment({ text: `number ${i}` });
		await comment({ text: "in the flood" });
		expect(await last()).toMatchObject({ state: "held", findings: ["flood"] });
		blog.setClock("2026-01-01T00:10:01Z");
		await comment({ text: "after it" });
		expect((await last())?.state).toBe("published");
	});
});

describe("a decision", () => {
	it("teaches about the hosts behind links, and is unlearnt when reversed", async () => {
		await comment({ text: "https://shop.example/a" });
		await decide(1, "spam");
		await blog.cron();
		await comment({ text: "https://www.shop.example/b" });
		expect(await last()).toMatchObject({ state: "held", findings: ["host"] });
		await decide(1, "published");
		await blog.cron();
		await comment({ text: "https://shop.example/c" });
		expect((await last())?.state).toBe("published");
		expect(await blog.db.prepare("SELECT * FROM link_hosts").first()).toMatchObject({ approved: 1, spam: 0 });
	});

	it("teaches the classifier what this blog calls spam", async () => {
		const gnomes = (number: number) => `Wonderful garden gnomes for every lawn, catalogue number ${number}`;
		await comment({ text: gnomes(0) });
		expect((await last())?.state).toBe("published");
		for (let i = 1; i <= 5; i++) {
			await comment({ text: gnomes(i) });
			await decide(i + 1, "spam");
		}
		await blog.cron();
		await comment({ text: gnomes(9) });
		expect(await last()).toMatchObject({ state: "held", findings: ["likeness"] });
		for (let i = 1; i <= 5; i++) await decide(i + 1, "deleted");
		await blog.cron();
		await comment({ text: gnomes(10) });
		expect((await last())?.state).toBe("published");
	});

	it("of the rules teaches nothing", async () => {
		await comment({ text: "https://a.example/ Casino" });
		await comment({ text: "buy", subject: "x" });
		await blog.cron();
		expect(await blog.db.prepare("SELECT count(*) AS n FROM lessons").first("n")).toBe(0);
	});
});
