import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ceremonyOf, enrol, invitation } from "../../support/admin.ts";
import type { Authenticator } from "../../support/authenticator.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { routeTable } from "../../support/route-table.ts";

let blog: Blog;
let authenticator: Authenticator;
beforeAll(async () => {
	blog = await startBlog();
	({ authenticator } = await enrol(blog, await invitation("Mika", "owner")));
});
afterAll(() => blog.stop());

const typed = {
	text: 'A "reply" <b>with</b> & signs\n\nand two paragraphs, 日本語も',
	reason: "because",
	name: "花子",
	website: "https://cats.example/?a=1&b=2",
	blockedWords: "one\ntwo",
	key: "2f1e0f5e-0000-4000-8000-000000000000",
	seen: "1:3",
};

/** The routes that need a session: those that create one, or end it, carry nothing that could be lost. */
const paths = routeTable
	.filter(({ method, path }) => method === "POST" && path.startsWith("/admin/"))
	.map(({ path }) => path)
	.filter((path) => !["/admin/session", "/admin/session/end", "/admin/enrolment"].includes(path))
	// Adds a passkey, whose answer is good for one page only.
	.filter((path) => path !== "/admin/account/passkeys");

const decode = (html: string) =>
	html.replace(/&(quot|amp|lt|gt|#39);/g, (_, name: string) => signs[name] ?? "");
const signs: Record<string, string> = { quot: '"', amp: "&", lt: "<", gt: ">", "#39": "'" };
const hidden = (html: string, name: string) =>
	decode(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "");

let attempts = 0;

/** Sends the sign-in form, each time from another network: attempts are limited by network. */
const signIn = (fields: Record<string, string>) =>
	blog.post("/admin/session", fields, { "CF-Connecting-IP": `192.0.2.${++attempts}` });

describe("a form sent after the session has ended", () => {
	it.each(paths)("is given back as it was filled in after signing in: %s", async (route) => {
		const path = `${route.replace(/:\w+/g, "7")}?q=a%20b`;
		const refused = await blog.post(path, typed);
		expect(refused.status).toBe(403);
		const page = await ceremonyOf(refused);
		const send = (credential: string) =>
			signIn({
				challengeToken: page.challengeToken,
				credential,
				to: "/admin",
				unsent: hidden(page.html, "unsent"),
			});
		const failed = await send("nonsense");
		expect(failed.status).toBe(403);
		expect(hidden(await failed.text(), "unsent")).toBe(hidden(page.html, "unsent"));

		const response = await send(authenticator.signIn(page.options, blog.origin));
		expect(response.headers.get("Set-Cookie")).toContain("session=");
		const html = await response.text();
		const form = html.slice(html.indexOf('<form class="plain"'));
		expect(decode(/action="([^"]*)"/.exec(form)?.[1] ?? "")).toBe(path);
		for (const [name, value] of Object.entries(typed)) {
			const area = new RegExp(`<textarea[^>]*name="${name}"[^>]*>\n([^<]*)</textarea>`).exec(form)?.[1];
			const input = new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(form)?.[1];
			expect([name, decode(area ?? input ?? "")]).toEqual([name, value]);
		}
	});

	it("is not given back to an address outside the admin", async () => {
		for (const action of [
			"https://evil.example/",
			"//evil.example/admin/",
			"/admin/\\evil",
			"/comments",
			"",
		]) {
			const page = await ceremonyOf(await blog.get("/admin/sign-in"));
			const response = await signIn({
				challengeToken: page.challengeToken,
				credential: authenticator.signIn(page.options, blog.origin),
				to: "/admin",
				unsent: JSON.stringify({ action, fields: [{ name: "text", value: "words" }] }),
			});
			expect([action, response.status, response.headers.get("Location")]).toEqual([action, 303, "/admin"]);
		}
	});
});
