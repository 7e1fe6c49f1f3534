import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
const parallel = 500;
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: A test of cats\nurl: https://cats.example\ntimezone: Asia/Tokyo\nlimits: { comments_per_day: 2000, reactions_per_day: 2000 }\n",
		},
	});
	await blog.post("/comments", { post, name: "花子", text: "Hello" });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock("2026-01-01T00:10:00Z");
	await blog.db.exec("DELETE FROM reactions; DELETE FROM write_counts;");
});

const react = (
	fields: Record<string, string> = {},
	headers: Record<string, string> = {},
	to = "/reactions",
) => blog.post(to, { post, kind: "like", ...fields }, headers);
const from = (address: string) => ({ "CF-Connecting-IP": address });
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const many = <T>(count: number, make: (i: number) => Promise<T>) =>
	Promise.all(Array.from({ length: count }, (_, i) => make(i)));
const first = async <T>(sql: string) => (await blog.db.prepare(sql).first<T>()) as T;
const postTallies = async () =>
	JSON.parse((await first<{ tallies: string }>("SELECT tallies FROM threads")).tallies) as object;
/** Counters that differ from the rows they count. */
const drift = async () =>
	(
		await blog.db
			.prepare(
				`SELECT comments.id, reaction_count, (SELECT count(*) FROM reactions WHERE comment_id = comments.id) AS rows_there
				FROM comments WHERE reaction_count <> rows_there`,
			)
			.all()
	).results;

describe(`${parallel} requests at once`, () => {
	it("of as many visitors are counted exactly, on posts and on comments", async () => {
		const statuses = await many(parallel, async (i) => {
			const target = i % 2 === 0 ? {} : { comment: "1" };
			const kind = i % 4 < 2 ? "like" : "love";
			return (await react({ kind, ...target }, from(`203.0.113.${i % 250}`))).status;
		});
		expect(new Set(statuses)).toEqual(new Set([303]));
		expect(await postTallies()).toMatchObject({ like: parallel / 4, love: parallel / 4 });
		const comment = await first<{ tallies: string; reaction_count: number }>(
			"SELECT tallies, reaction_count FROM comments WHERE id = 1",
		);
		expect(JSON.parse(comment.tallies)).toMatchObject({ like: parallel / 4, love: parallel / 4 });
		expect(comment.reaction_count).toBe(parallel / 2);
		expect(await drift()).toEqual([]);
		expect(await (await blog.get(path)).text()).toContain(`aria-label="Like, ${parallel / 4} readers"`);
	});

	it("of one visitor, adding and removing, leave one or none and never less", async () => {
		const cookie = cookieOf(await react({ comment: "1" }));
		await many(parallel, (i) =>
			react({ comment: "1" }, { Cookie: cookie }, i % 2 === 0 ? "/reactions" : "/reactions/removals"),
		);
		const { reaction_count: count } = await first<{ reaction_count: number }>(
			"SELECT reaction_count FROM comments WHERE id = 1",
		);
		expect([0, 1]).toContain(count);
		expect(await drift()).toEqual([]);
		await react({ comment: "1" }, { Cookie: cookie });
		await many(100, () => react({ comment: "1" }, { Cookie: cookie }));
		expect(await (await blog.get(path)).text()).toMatch(/id="comment-1".*aria-label="Like, 1 reader"/s);
		await many(100, () => react({ comment: "1" }, { Cookie: cookie }, "/reactions/removals"));
		expect(await drift()).toEqual([]);
		expect(await (await blog.get(path)).text()).not.toMatch(/id="comment-1".*aria-label="Like, /s);
	});

	it("with the same comment store one, and with different comments store all", async () => {
		const before = (await first<{ n: number }>("SELECT count(*) AS n FROM comments")).n;
		const statuses = await many(parallel, async (i) => {
			const text = i % 2 === 0 ? "the same words" : `words of their own, ${i}`;
			return (await blog.post("/comments", { post, name: "花子", text })).status;
		});
		expect(new Set(statuses)).toEqual(new Set([303]));
		const after = (await first<{ n: number }>("SELECT count(*) AS n FROM comments")).n;
		expect(after - before).toBe(parallel / 2 + 1);
		const published = await first("SELECT count(*) AS n FROM comments WHERE state = 'published'");
		expect(await first("SELECT comment_count AS n FROM threads")).toEqual(published);
	});

	it("of one network are accepted up to the limit; the others get a 429 and are not stored", async () => {
		// Visitors with cookies: without them, equal reactions of one network within two seconds are one.
		const earlier = await Promise.all(
			Array.from({ length: 150 }, (_, at) => react({ kind: "love" }, from(`203.0.113.${at}`))),
		);
		const here = from("198.51.100.7");
		const responses = await Promise.all(
			earlier.map((response) => react({}, { ...here, Cookie: cookieOf(response) })),
		);
		const refused = responses.filter(({ status }) => status === 429);
		expect(responses.length - refused.length).toBe(100);
		expect(await postTallies()).toMatchObject({ like: 100 });
		for (const { headers } of refused) {
			expect(headers.get("Set-Cookie")).toBeNull();
			expect(headers.get("Retry-After")).toBe("3000");
		}
		expect(await refused[0]?.text()).toContain("try again in 50 minutes");
		expect((await react({}, from("198.51.100.8"))).status).toBe(303);
		const accepted = responses.find(({ status }) => status === 303) as Response;
		expect((await react({}, { ...from("198.51.100.7"), Cookie: cookieOf(accepted) })).status).toBe(429);
		blog.setClock("2026-01-01T01:00:00Z");
		expect((await react({}, from("198.51.100.7"))).status).toBe(303);
	});
});

describe("a reacting visitor's network", () => {
	const counts = async () =>
		(
			await blog.db
				.prepare("SELECT network, count FROM write_counts WHERE network <> '' ORDER BY count")
				.all<{ network: string; count: number }>()
		).results;

	it("is stored as a digest with a daily key, for a day", async () => {
		await react({}, from("198.51.100.9"));
		const [one] = await counts();
		expect(one?.network).toMatch(/^[0-9a-f]{32}$/);
		blog.setClock("2026-01-02T00:10:00Z");
		await react({}, from("198.51.100.9"));
		const [other] = (await counts()).filter(({ network }) => network !== one?.network);
		expect(other?.network).toMatch(/^[0-9a-f]{32}$/);
		blog.setClock("2026-01-03T01:00:00Z");
		await blog.cron();
		expect(await counts()).toEqual([]);
	});

	it("is one prefix in IPv6, in every spelling", async () => {
		for (const address of ["2001:db8::1", "2001:db8:0:0:ffff::2", "2001:0DB8:0:0::3"])
			await react({}, from(address));
		await react({}, from("2001:db8:0:1::1"));
		expect((await counts()).map(({ count }) => count)).toEqual([1, 3]);
	});

	it("does not matter for removals, which set no cookie", async () => {
		const response = await react({}, from("198.51.100.10"), "/reactions/removals");
		expect([response.status, response.headers.get("Set-Cookie")]).toEqual([303, null]);
		expect(await counts()).toEqual([]);
	});
});
