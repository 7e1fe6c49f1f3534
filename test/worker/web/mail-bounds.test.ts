import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: { "site.yaml": "title: Cats\nnotifications: { from: cats@cats.example }\n" },
		env: { DEVELOPMENT: "1" },
		mailLimit: 2,
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
		expect(await refused?.text()).toMatch(/Please try again in a minute[\s\S]*value="\w@mail\.example"/);
		const follow = { post, email: "e@mail.example" };
		expect((await blog.post("/subscriptions", follow, from("192.0.2.1"))).status).toBe(429);
		expect((await ask("e", "192.0.2.2")).status).toBe(303);
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
