import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

const site = "title: Cats\nnotifications: { from: cats@cats.example }\n";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: { "site.yaml": site },
		env: { DEVELOPMENT: "1", MAIL_LIMIT: "2" },
	});
});
afterAll(() => blog.stop());

const post = "2024-05-01-hello";
const from = (network: string) => ({ "CF-Connecting-IP": network });

describe("one network", () => {
	it("can cause two mails to strangers a minute, independently of other networks", async () => {
		const ask = (name: string, network: string) =>
			blog.post("/verifications", { email: `${name}@mail.example`, name }, from(network));
		const answers = await Promise.all(["a", "b", "c", "d"].map((name) => ask(name, "192.0.2.1")));
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 429, 429]);
		const refused = answers.find(({ status }) => status === 429);
		expect(await refused?.text()).toMatch(/try again in 1 minute\.[\s\S]*value="\w@mail\.example"/);
		const follow = { post, email: "e@mail.example" };
		expect((await blog.post("/subscriptions", follow, from("192.0.2.1"))).status).toBe(429);
		expect((await ask("e", "192.0.2.2")).status).toBe(303);
	});

	it("cannot use up the mails of all, whichever addresses it names", async () => {
		const free = await startBlog({ files: { "site.yaml": site }, env: { DEVELOPMENT: "1" } });
		const ask = (n: number, network: string) =>
			free.post("/verifications", { email: `a${n}@mail.example`, name: "Ann" }, from(network));
		for (let n = 0; n < 40; n++) await ask(n, "192.0.2.1");
		expect((await ask(40, "192.0.2.2")).status).toBe(303);
		const { results } = await free.db.prepare("SELECT count(*) AS n FROM verifications").all();
		expect(results).toEqual([{ n: 21 }]);
		await free.stop();
	});

	it("has its comments stored beyond that, without a promise of mail", async () => {
		const texts = ["one", "two", "three"];
		const pages: string[] = [];
		for (const text of texts) {
			const posted = await blog.post(
				"/comments",
				{ post, name: "Ann", email: "ann@mail.example", text },
				from("198.51.100.7"),
			);
			pages.push(await (await blog.get(posted.headers.get("Location")?.split("#")[0] ?? "")).text());
		}
		expect(pages.map((page) => page.includes("this link is on its way to you by e-mail"))).toEqual([
			true,
			true,
			false,
		]);
		expect(pages.every((page) => page.includes("Edit or delete"))).toBe(true);
	});
});

describe("one mailbox", () => {
	it("gets three mails of a kind a day, however its address is spelt", async () => {
		const spellings = [
			"bob.b@mail.example",
			"bobb@mail.example",
			"BOB.B+1@mail.example",
			"b.o.b.b+x.y@mail.example",
		];
		const requests = ["/verifications", "/subscriptions"].flatMap((path, kind) =>
			[...spellings, "other@mail.example"].map((email, n) => ({
				path,
				email,
				network: `203.0.113.${kind * 5 + n}`,
			})),
		);
		for (const { path, email, network } of requests) {
			const answer = await blog.post(path, { post, email, name: "Bob" }, from(network));
			// The answer does not tell whether a mail was sent.
			expect(answer.status).toBe(303);
		}
		const sent = await blog.db
			.prepare(
				"SELECT event, count(*) AS n FROM outbox WHERE event <> 'receipt' GROUP BY mailbox, event ORDER BY event, n",
			)
			.all<{ event: string; n: number }>();
		const counts = (event: string) => sent.results.filter((row) => row.event === event).map(({ n }) => n);
		expect(counts("confirmation")).toEqual([1, 3]);
		expect(counts("verification").filter((n) => n > 1)).toEqual([3]);
	});
});
