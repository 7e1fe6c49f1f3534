import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../support/blog.ts";

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
	it("has us mail strangers twice a minute, and takes the turn of nobody else", async () => {
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

	it("has its comments kept all the same, and is not told of mails that do not come", async () => {
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
		expect(pages.map((page) => page.includes("a mail is on its way with this link"))).toEqual([
			true,
			true,
			false,
		]);
		expect(pages.every((page) => page.includes("Change or delete it"))).toBe(true);
	});
});
