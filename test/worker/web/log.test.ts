import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { breakTables } from "../../support/broken-tables.ts";
import { routeTable } from "../../support/route-table.ts";

/** Texts that no line of the log may have, by any way in. */
const needles = {
	name: "Needlename",
	mail: "needlemail@mail.example",
	text: "needletext",
	website: "https://needlesite.example/",
	address: "203.0.113.77",
	agent: "needleagent",
	token: "needletoken12.needletoken34.needletoken56",
	cookie: "needlecookie",
};

const post = "2024-05-01-hello";
let blog: Blog;
let owner: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: Cats\nurl: https://cats.example\nnotifications: { from: blog@cats.example, owner: all }\ncomments: { moderation: none, flood_limit: 100000, proof_limit: 100000 }\n",
		},
		env: {
			RESEND_API_KEY: "key",
			OWNER_EMAIL: "owner@cats.example",
			WEBHOOK_URL: "https://hook.example/in",
			WEBHOOK_SECRET: "shared",
			AKISMET_KEY: "key",
			TURNSTILE_SITE_KEY: "key",
			TURNSTILE_SECRET: "secret",
		},
		// Every service fails, each in its own way, and repeats what it was sent.
		outbound: async (request) =>
			request.url.includes("hook.example")
				? new Response(await request.text(), { status: 401 })
				: new Response(`{"error": ${JSON.stringify(await request.text())}`, { status: 200 + 303 }),
	});
	owner = await signedIn(blog, "Mika", "owner");
});
afterAll(() => blog.stop());

/** Sends the needles through every route, as nobody and as an owner. */
async function sendNeedles(): Promise<void> {
	const values: Record<string, string> = { id: "1", visitor: needles.cookie, token: needles.token };
	const fields = {
		...{ post, name: needles.name, email: needles.mail, website: needles.website, text: needles.text },
		...{
			reason: needles.text,
			source: needles.text,
			q: needles.text,
			flash: needles.token,
			key: needles.token,
		},
		...{ invitation: needles.token, challengeToken: needles.token, credential: `{"id":"${needles.text}"}` },
		...{
			policy: needles.text,
			blockedWords: needles.text,
			value: needles.mail,
			to: needles.token,
			do: "spam:1",
		},
	};
	const query = new URLSearchParams({
		flash: needles.token,
		key: needles.token,
		q: needles.text,
		to: needles.mail,
	});
	const headers = {
		"CF-Connecting-IP": needles.address,
		"User-Agent": needles.agent,
		"CF-Ray": needles.mail,
	};
	for (const { method, path } of routeTable.filter(({ path }) => !path.includes("*"))) {
		const address = path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? needles.text);
		for (const cookie of [owner.Cookie, `visitor=${needles.cookie}; session=${needles.cookie}`]) {
			const sent = { ...headers, Cookie: cookie };
			if (method === "POST") await blog.post(address, fields, sent);
			else await blog.get(`${address}?${query}`, sent);
		}
	}
	for (const nowhere of [`/nowhere/${needles.token}`, `/2024/05/01/hello/${needles.token}/`]) {
		await blog.get(nowhere, headers);
	}
	await blog.cron().catch(() => null);
}

describe("the log", () => {
	it("names a request or run on every line and no person, whatever fails", async () => {
		await blog.post("/comments", { post, name: needles.name, email: needles.mail, text: needles.text });
		await sendNeedles();
		owner = await signedIn(blog, "Mika", "owner");
		const services = blog.log.length;
		expect(services).toBeGreaterThan(0);
		const restore = await breakTables(blog.db, ["members", "sessions"]);
		await sendNeedles();
		await restore();
		expect(blog.log.length).toBeGreaterThan(services + 20);
		for (const line of blog.log) {
			for (const needle of Object.values(needles))
				expect([needle, line.slice(0, 300)]).toEqual([needle, expect.not.stringContaining(needle)]);
			expect(JSON.parse(line)).toMatchObject({ requestId: expect.stringMatching(/^[\w-]{8,}$/) });
		}
		expect(blog.log.join("\n")).toContain("a job of the cron trigger failed");
	}, 120_000);
});
