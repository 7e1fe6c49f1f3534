import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { routeTable } from "../../support/route-table.ts";

const post = "2024-05-01-hello";
const [perHour, perDay, perNetworkDay] = [3, 20, 5];
let blog: Blog;

beforeAll(async () => {
	const limits = ["comments", "reactions", "mails"].map(
		(kind) => `  ${kind}_per_hour: ${perHour}\n  ${kind}_per_day: ${perDay}\n`,
	);
	blog = await startBlog({
		files: {
			"site.yaml": `title: Cats\ncomments: { blocked_words: [casino] }\nlimits:\n${limits.join("")}notifications: { from: cats@cats.example }\n`,
		},
		env: { DEVELOPMENT: "1" },
	});
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock("2026-01-01T10:20:00Z");
	await emptyTables(blog.db, "comments", "threads", "reactions", "write_counts");
	await emptyTables(blog.db, "outbox", "verifications", "subscriptions", "addresses");
});

type Send = (number: number, headers?: Record<string, string>) => Promise<Response>;

/** The requests that write, by what they are limited as. */
const senders: Record<string, Send> = {
	"comments that are published": (n, headers) =>
		blog.post("/comments", { post, name: "Ann", text: `words number ${n}` }, headers),
	"comments that are held": (n, headers) =>
		blog.post("/comments", { post, name: "Ann", text: `casino number ${n}` }, headers),
	"comments that are spam": (n, headers) =>
		blog.post("/comments", { post, name: "Ann", text: `number ${n}`, subject: "x" }, headers),
	reactions: (_, headers) => blog.post("/reactions", { post, kind: "like" }, headers),
	verifications: (n, headers) =>
		blog.post("/verifications", { email: `ann${n}@mail.example`, name: "Ann" }, headers),
	subscriptions: (n, headers) =>
		blog.post("/subscriptions", { post, email: `ann${n}@mail.example` }, headers),
};

/** Every row of every table, but the purges and notices that earlier requests leave to be done after them. */
async function everything(): Promise<unknown> {
	const { results } = await blog.db
		.prepare(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
		)
		.all<{ name: string }>();
	const later = ["pending_purges", "purge_budget", "comment_events", "outbox", "local_mails"];
	const names = results.map(({ name }) => name).filter((name) => !later.includes(name));
	const rows = await blog.db.batch(names.map((name) => blog.db.prepare(`SELECT * FROM ${name}`)));
	return Object.fromEntries(names.map((name, at) => [name, rows[at]?.results]));
}

const statuses = (responses: readonly Response[]) =>
	Object.fromEntries(
		[...Map.groupBy(responses, ({ status }) => status)].map(([status, all]) => [status, all.length]),
	);

describe.each(Object.entries(senders))("a flood of %s", (_, send) => {
	const flood = (count: number, networkOf: (n: number) => string | null, first = 0) =>
		Promise.all(
			Array.from({ length: count }, (_, at) => {
				const n = first + at;
				const network = networkOf(n);
				return send(n, network === null ? {} : { "CF-Connecting-IP": network });
			}),
		);

	it("from one network writes as many as its hour allows, at once or not, and another network more", async () => {
		const responses = await flood(12, () => "192.0.2.1");
		expect(statuses(responses)).toEqual({ 303: perHour, 429: 12 - perHour });
		const refused = responses.find(({ status }) => status === 429);
		expect(refused?.headers.get("Retry-After")).toBe(String(40 * 60));
		expect(await refused?.text()).toContain("Nothing was saved; please try again in 40 minutes.");
		const before = await everything();
		expect((await send(50, { "CF-Connecting-IP": "192.0.2.1" })).status).toBe(429);
		expect(await everything()).toEqual(before);
		expect((await send(51, { "CF-Connecting-IP": "192.0.2.2" })).status).toBe(303);
		blog.setClock("2026-01-01T11:00:00Z");
		expect((await send(52, { "CF-Connecting-IP": "192.0.2.1" })).status).toBe(303);
	});

	it("from one network writes at most a quarter of the site's day, in however many hours", async () => {
		const answers: Response[] = [];
		for (let n = 0; n < 8; n++) {
			blog.setClock(`2026-01-01T${10 + n}:20:00Z`);
			answers.push(await send(n, { "CF-Connecting-IP": "192.0.2.1" }));
		}
		expect(answers.map(({ status }) => status)).toEqual([
			...Array<number>(perNetworkDay).fill(303),
			...Array<number>(3).fill(429),
		]);
		expect(answers.at(-1)?.headers.get("Retry-After")).toBe(String(6 * 3600 + 40 * 60));
		expect(await answers.at(-1)?.text()).toContain(
			"accepts in a day. Nothing was saved; please try again in 7 hours.",
		);
		expect((await send(60, { "CF-Connecting-IP": "192.0.2.2" })).status).toBe(303);
	});

	it.each([
		["many networks", (n: number) => `192.0.2.${n}`],
		["no known network", () => null],
	])("from %s writes as many as the site's day allows", async (_, networkOf) => {
		const responses = await flood(30, networkOf);
		expect(statuses(responses)).toEqual({ 303: perDay, 429: 30 - perDay });
		const refused = responses.find(({ status }) => status === 429);
		expect(refused?.headers.get("Retry-After")).toBe(String(13 * 3600 + 40 * 60));
		expect(await refused?.text()).toContain("Nothing was saved; please try again in 14 hours.");
		const before = await everything();
		expect(statuses(await flood(5, networkOf, 30))).toEqual({ 429: 5 });
		expect(await everything()).toEqual(before);
		blog.setClock("2026-01-02T00:00:00Z");
		expect((await send(53, {})).status).toBe(303);
	});
});

describe("beyond the limit", () => {
	const from = { "CF-Connecting-IP": "192.0.2.1" };
	const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";

	it("the form comes back as it was filled in", async () => {
		for (let n = 0; n < perHour; n++) await senders["comments that are published"]?.(n, from);
		const typed = {
			name: "花子 <b>",
			email: "hanako@mail.example",
			website: "https://hanako.example/",
			text: "A long\n\nthought & more",
			...{ parent: "1", notify: "on", remember: "on" },
		};
		const answer = await blog.post("/comments", { post, ...typed }, from);
		const html = await answer.text();
		expect(answer.status).toBe(429);
		expect(answer.headers.get("Set-Cookie")).toBeNull();
		expect(html).toContain('value="花子 &lt;b&gt;"');
		expect(html).toContain('value="hanako@mail.example"');
		expect(html).toContain('value="https://hanako.example/"');
		expect(html).toContain("A long\n\nthought &amp; more</textarea>");
		expect(html).toContain('name="parent" value="1"');
		expect(html.match(/checked=""/g)).toHaveLength(2);
	});

	it("a double POST of the last comment leads to that comment, at once or later, and writes nothing", async () => {
		for (const words of ["words", "casino"]) {
			await emptyTables(blog.db, "comments", "threads", "write_counts");
			for (let n = 1; n < perHour; n++) await senders["comments that are published"]?.(n, from);
			const last = () => blog.post("/comments", { post, name: "Ann", text: `the last ${words}` }, from);
			const at = async (response: Response) => [
				response.status,
				response.headers.get("Location")?.replace(/.*#/, "#"),
			];
			const answers = await Promise.all((await Promise.all([last(), last(), last()])).map(at));
			expect(answers, words).toEqual(Array(3).fill([303, answers[0]?.[1]]));
			const before = await everything();
			expect(await at(await last()), words).toEqual(answers[0]);
			expect(await everything(), words).toEqual(before);
			expect((await senders["comments that are published"]?.(9, from))?.status).toBe(429);
		}
	});

	it.each(Object.keys(senders))("a cookie earned by %s opens nothing", async (earning) => {
		const send = senders[earning] as Send;
		const cookies = await Promise.all(
			Array.from({ length: perHour }, async (_, n) => cookieOf(await send(n, from))),
		);
		expect(cookies.every((cookie) => cookie.includes("visitor="))).toBe(true);
		await blog.db.exec("DELETE FROM write_counts");
		for (const beyond of Object.values(senders)) {
			await blog.db.exec("DELETE FROM write_counts");
			for (let n = 0; n < perHour; n++) await beyond(10 + n, from);
			const answers = await Promise.all(
				cookies.map((cookie, n) => beyond(20 + n, { ...from, Cookie: cookie })),
			);
			expect(statuses(answers)).toEqual({ 429: perHour });
		}
	});

	it("an author's edits count as comments, and the text comes back", async () => {
		const cookie = cookieOf((await senders["comments that are published"]?.(0, from)) as Response);
		const edit = (text: string, version: number) =>
			blog.post(
				"/comments/1/revisions",
				{ text, version: String(version) },
				{ ...from, Cookie: cookie.split(",")[0] ?? "" },
			);
		expect(statuses([await edit("edit 1", 1), await edit("edit 2", 2)])).toEqual({ 303: 2 });
		const refused = await edit("one too many", 3);
		expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "2400"]);
		expect(await refused.text()).toContain("one too many</textarea>");
	});

	it("erasing everything gives no new allowance", async () => {
		const cookie = cookieOf((await senders["comments that are published"]?.(0, from)) as Response);
		for (let n = 1; n < perHour; n++) await senders["comments that are published"]?.(n, from);
		expect((await blog.post("/me/erasure", {}, { ...from, Cookie: cookie })).status).toBe(303);
		expect((await senders["comments that are published"]?.(9, from))?.status).toBe(429);
	});
});

/** Every address visitors can post to: what it is limited as, or why it needs no limit. */
const posts: Record<string, string> = {
	"/comments": "comment",
	"/comments/:id/proof": "publishes a comment once",
	"/comments/:id/revisions": "comment",
	"/comments/:id/deletion": "deletes a comment once",
	"/comments/:id/reports": "report",
	"/me/erasure": "empties what was counted when it was written",
	"/me/anonymization": "the same",
	"/me/name": "comment",
	"/me/name/removal": "removes a name that a mail gave",
	"/me/session/end": "writes nothing",
	"/reactions": "reaction",
	"/reactions/removals": "removes a reaction that was counted",
	"/verifications": "mail",
	"/verifications/:token": "uses a mailed link once",
	"/subscriptions": "mail",
	"/subscriptions/:token/confirmation": "uses a mailed link once",
	"/subscriptions/:token/end": "removes a subscription that was counted",
};

it("every address that visitors can post to is limited, or needs no limit", () => {
	const found = routeTable.filter(
		({ method, path }) => method === "POST" && !/^\/(admin|moderation)\b/.test(path),
	);
	expect(found.map(({ path }) => path).sort()).toEqual(Object.keys(posts).sort());
});
