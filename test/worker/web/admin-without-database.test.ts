import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moderationPath } from "../../../src/moderation/moderation-links.ts";
import { ceremonyOf, invitation, signedIn, testStart } from "../../support/admin.ts";
import { softAuthenticator } from "../../support/authenticator.ts";
import { type Blog, startBlog, testSecret } from "../../support/blog.ts";
import { breakTables } from "../../support/broken-tables.ts";
import { routeTable } from "../../support/route-table.ts";

/** Every route of those who moderate, from the route table itself. */
const named = routeTable
	.filter(({ path }) => /^\/(admin|moderation)/.test(path))
	.map(({ method, path }) => [method, path] as const);

/** Internals that must not be shown: an error, a statement, a stack. */
const internals = /SQLITE_|D1_ERROR|Error:|no such|malformed|\bSELECT\b|\bINSERT\b|\bat \w+ \(|\.tsx?:\d/;

const typed = {
	text: "words not to be lost",
	reason: "because",
	name: "Tom",
	role: "owner",
	blockedWords: "spam",
	email: "a@b.example",
};
/** Fields that every admin route accepts, so that each request gets as far as the database. */
const fields = {
	...typed,
	id: "1",
	do: "spam",
	key: randomUUID(),
	operation: randomUUID(),
	post: "2024-05-01-hello",
	closed: "yes",
	pinned: "yes",
	kind: "visitor",
	value: "x",
	sure: "yes",
	passkey: "x",
	back: "/admin",
};

describe.each([
	["is not migrated", "The database is missing or out of date.", [] as string[]],
	["fails", "The database is not responding.", []],
	[
		"fails except for members and sessions",
		"The database is not responding.",
		["members", "sessions", "passkeys"],
	],
])("the admin while the database %s", (how, sentence, spared) => {
	let blog: Blog;
	let Cookie = "session=0123456789012345678901234567890123456789012";
	let link = "";

	beforeAll(async () => {
		const migrated = how !== "is not migrated";
		blog = await startBlog({ migrated, env: { DEVELOPMENT: "1" } });
		const stub = { id: randomUUID(), expiresAt: testStart + 60_000 };
		link = await moderationPath(
			{ comment: { id: 1, createdAt: testStart }, operation: "spam", actor: "Mika", ...stub },
			testSecret,
		);
		if (!migrated) return;
		({ Cookie } = await signedIn(blog, "Mika", "owner"));
		await breakTables(blog.db, spared);
	});
	afterAll(() => blog.stop());

	const addressOf = (path: string) =>
		path.startsWith("/moderation") ? link : path.replace(":visitor", "someone").replace(/:\w+/g, "1");

	it.each(named)("explains the error: %s %s", async (method, path) => {
		const address = addressOf(path);
		for (const [lang, text] of [
			["en", sentence],
			["ja", "データベース"],
		] as const) {
			const headers = { Cookie, "Accept-Language": lang };
			const response =
				method === "GET" ? await blog.get(address, headers) : await blog.post(address, fields, headers);
			const html = await response.text();
			expect(response.status, html).not.toBe(500);
			expect(response.headers.get("Cache-Control")).toBe("private, no-store");
			expect(html).not.toMatch(internals);
			if (response.status < 400) continue;
			if (response.status !== 503) {
				// Answered without the database: an invalid invitation, an invalid passkey, an unknown subscription.
				expect([400, 403, 404, 422]).toContain(response.status);
				continue;
			}
			expect(html).toContain(text);
			expect(html).toContain(`<html lang="${lang}">`);
		}
	});

	it.each(named.filter(([method]) => method === "POST"))(
		"returns the typed fields: %s %s",
		async (_, path) => {
			const response = await blog.post(addressOf(path), fields, { Cookie });
			if (response.status !== 503) return;
			const html = await response.text();
			if (!html.includes('<form class="plain"')) {
				expect(path).toMatch(/^\/admin\/(enrolment|session)$/);
				return;
			}
			for (const value of Object.values(fields)) expect(html).toContain(value);
			expect(html).toContain(`action="${addressOf(path)}"`);
		},
	);
});

describe("a ceremony that the database fails", () => {
	it("leaves the invitation valid, and returns its form", async () => {
		const blog = await startBlog();
		const token = await invitation("Mika", "owner");
		const page = await ceremonyOf(await blog.get(`/admin/enrolment?invitation=${token}`));
		const passkey = softAuthenticator();
		const mend = await breakTables(blog.db, ["used_tokens", "members", "sessions"]);
		const failed = await blog.post("/admin/enrolment", {
			invitation: token,
			challengeToken: page.challengeToken,
			credential: passkey.enrol(page.options, blog.origin),
		});
		expect(failed.status).toBe(503);
		const again = await ceremonyOf(failed);
		expect(again.html).toContain("The database is not responding.");
		expect(again.html).toContain(`name="invitation" value="${token}"`);
		await mend();
		const done = await blog.post("/admin/enrolment", {
			invitation: token,
			challengeToken: again.challengeToken,
			credential: passkey.enrol(again.options, blog.origin),
		});
		expect([done.status, done.headers.get("Location")]).toEqual([303, "/admin"]);

		const signIn = await ceremonyOf(await blog.get("/admin/sign-in?to=%2Fadmin%2Flog"));
		const mendAgain = await breakTables(blog.db, ["passkeys", "members"]);
		const refused = await blog.post("/admin/session", {
			to: "/admin/log",
			challengeToken: signIn.challengeToken,
			credential: passkey.signIn(signIn.options, blog.origin),
		});
		expect(refused.status).toBe(503);
		const retry = await ceremonyOf(refused);
		expect(retry.html).toContain('name="to" value="/admin/log"');
		await mendAgain();
		const signedInAgain = await blog.post("/admin/session", {
			to: "/admin/log",
			challengeToken: retry.challengeToken,
			credential: passkey.signIn(retry.options, blog.origin),
		});
		expect(signedInAgain.headers.get("Location")).toBe("/admin/log");
		await blog.stop();
	});

	it("leaves a link from a notice valid", async () => {
		const blog = await startBlog({ files: { "site.yaml": "title: Cats\ncomments:\n  moderation: all\n" } });
		await blog.post("/comments", { post: "2024-05-01-hello", name: "花子", text: "よい記事" });
		const stub = { id: randomUUID(), expiresAt: testStart + 60_000 };
		const link = await moderationPath(
			{ comment: { id: 1, createdAt: testStart }, operation: "published", actor: "Mika", ...stub },
			testSecret,
		);
		const mend = await breakTables(blog.db, ["comments", "threads", "used_tokens", "blocks", "settings"]);
		const failed = await blog.post(link, {});
		expect(failed.status).toBe(503);
		expect(await failed.text()).toContain(`action="${link}"`);
		await mend();
		expect((await blog.post(link, {})).status).toBe(200);
		expect((await blog.post(link, {})).status).toBe(410);
		await blog.stop();
	});
});
