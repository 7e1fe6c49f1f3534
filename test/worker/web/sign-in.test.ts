import * as v from "valibot";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signToken, tokenKind } from "../../../src/tokens/token.ts";
import { ceremonyToken } from "../../../src/web/admin/ceremony.ts";
import { ceremonyOf, cookieOf, enrol, invitation, signedIn, testStart } from "../../support/admin.ts";
import { softAuthenticator } from "../../support/authenticator.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
let blog: Blog;
let network = 0;

beforeAll(async () => {
	blog = await startBlog();
	// Each test comes from a network of its own, so that only the one about limits meets them.
	const { post } = blog;
	blog.post = (path, fields, headers) =>
		post(path, fields, { "CF-Connecting-IP": `192.0.2.${network}`, ...headers });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	network++;
	blog.setClock(testStart);
	await emptyTables(blog.db, "members", "passkeys", "sessions", "used_tokens");
});

const start = async () => enrol(blog, await invitation("Mika", "owner"));
const rows = async (table: string) =>
	(await blog.db.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;
const isIn = async (cookie: string) => (await blog.get("/admin/account", { Cookie: cookie })).status === 200;

describe("an invitation", () => {
	it("enrols a passkey once and signs its owner in", async () => {
		const token = await invitation("Mika", "owner");
		const { response, cookie } = await enrol(blog, token);
		expect([response.status, response.headers.get("Location")]).toEqual([303, "/admin"]);
		expect(response.headers.get("Set-Cookie")).toMatch(/HttpOnly; SameSite=Lax/);
		const account = await (await blog.get("/admin/account", { Cookie: cookie })).text();
		expect(account.replace(/<[^>]+>/g, "")).toContain("Signed in as Mika");
		expect(account).toMatch(/<a href="\/admin\/account"[^>]*aria-current="page"/);

		const again = await blog.get(`/admin/enrolment?invitation=${token}`);
		expect([again.status, await again.text()]).toEqual([403, expect.stringContaining("no longer valid")]);
		expect((await enrol(blog, token).catch(() => null))?.response?.status ?? 403).toBe(403);
		expect(await rows("members")).toBe(1);
	});

	it("is not used up by being opened", async () => {
		const token = await invitation("Mika", "owner");
		for (let look = 0; look < 3; look++) {
			expect((await blog.get(`/admin/enrolment?invitation=${token}`)).status).toBe(200);
		}
		expect((await enrol(blog, token)).response.status).toBe(303);
	});

	it("is accepted by only one of two at once", async () => {
		const token = await invitation("Mika", "owner");
		const pages = await Promise.all(
			[0, 1].map(async () => ceremonyOf(await blog.get(`/admin/enrolment?invitation=${token}`))),
		);
		const answers = await Promise.all(
			pages.map(({ options, challengeToken }) => {
				const credential = softAuthenticator().enrol(options, blog.origin);
				return blog.post("/admin/enrolment", { invitation: token, challengeToken, credential });
			}),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 403]);
		expect(await rows("passkeys")).toBe(1);
	});

	it.each([
		["signed with another secret", () => invitation("Eve", "owner", { secret: "x".repeat(40) })],
		["lapsed", () => invitation("Eve", "owner", { expiresAt: testStart - 1000 })],
		[
			"made for another purpose with the right secret",
			() =>
				signToken(
					tokenKind("ceremony", v.looseObject({}), { lifetime: minute, singleUse: true }),
					{ name: "Eve", role: "owner" },
					"a secret for invitations, for tests only",
					{ now: testStart },
				),
		],
		["not signed", async () => `${btoa('{"alg":"none"}')}.${btoa('{"name":"Eve","role":"owner"}')}.`],
		["altered", async () => `${await invitation("Eve", "owner")}x`],
		["absent", async () => ""],
	])("does not hold when it is %s", async (_, make) => {
		const token = await make();
		expect((await blog.get(`/admin/enrolment?invitation=${encodeURIComponent(token)}`)).status).toBe(403);
		const honest = await ceremonyOf(
			await blog.get(`/admin/enrolment?invitation=${await invitation("Eve", "owner")}`),
		);
		const credential = softAuthenticator().enrol(honest.options, blog.origin);
		const response = await blog.post("/admin/enrolment", {
			invitation: token,
			challengeToken: honest.challengeToken,
			credential,
		});
		expect(response.status).toBe(403);
		expect(await rows("members")).toBe(0);
	});

	it("for an existing name replaces all passkeys, says so before, and signs that member out elsewhere", async () => {
		const first = await ceremonyOf(
			await blog.get(`/admin/enrolment?invitation=${await invitation("Mika", "owner")}`),
		);
		expect(first.html).not.toContain("Your earlier passkeys stop working");
		const lost = await start();
		const token = await invitation("Mika", "owner");
		const again = await ceremonyOf(await blog.get(`/admin/enrolment?invitation=${token}`));
		expect(again.html).toContain("Your earlier passkeys stop working");
		const found = await enrol(blog, token);
		expect(found.response.status).toBe(303);
		expect([await isIn(lost.cookie), await isIn(found.cookie)]).toEqual([false, true]);
		expect([await rows("members"), await rows("passkeys")]).toEqual([1, 1]);
		const signInWith = async ({ authenticator }: typeof lost) => {
			const { options, challengeToken } = await ceremonyOf(await blog.get("/admin/sign-in"));
			const credential = authenticator.signIn(options, blog.origin);
			return (await blog.post("/admin/session", { challengeToken, credential })).status;
		};
		expect([await signInWith(lost), await signInWith(found)]).toEqual([403, 303]);
	});

	it("does not accept another member's passkey", async () => {
		const { authenticator } = await start();
		const second = await enrol(blog, await invitation("Tom", "moderator"), authenticator);
		expect(second.response.status).toBe(403);
		expect(await rows("members")).toBe(1);
	});
});

describe("signing in", () => {
	const page = async () => ceremonyOf(await blog.get("/admin/sign-in?to=/admin/account"));
	const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
		blog.post("/admin/session", { to: "/admin/account", ...fields }, headers);

	it("accepts an enrolled passkey and redirects to the requested page", async () => {
		const { authenticator } = await start();
		const asked = await blog.get("/admin/account?x=1");
		expect(asked.headers.get("Location")).toBe("/admin/sign-in?to=%2Fadmin%2Faccount%3Fx%3D1");
		const { options, challengeToken } = await page();
		const response = await send({ challengeToken, credential: authenticator.signIn(options, blog.origin) });
		expect([response.status, response.headers.get("Location")]).toEqual([303, "/admin/account"]);
		expect(await isIn(cookieOf(response))).toBe(true);
	});

	it("never accepts the same answer twice", async () => {
		const { authenticator } = await start();
		const { options, challengeToken } = await page();
		const credential = authenticator.signIn(options, blog.origin);
		expect((await send({ challengeToken, credential })).status).toBe(303);
		const replayed = await send({ challengeToken, credential });
		expect([replayed.status, cookieOf(replayed)]).toEqual([403, ""]);
		const another = authenticator.signIn(options, blog.origin);
		expect((await send({ challengeToken, credential: another })).status).toBe(403);
	});

	it("refuses a passkey that does not verify", async () => {
		const { authenticator } = await start();
		const { options, challengeToken } = await page();
		const later = await page();
		const refused = {
			"somebody else's": softAuthenticator().signIn(options, blog.origin),
			"for another challenge": authenticator.signIn(later.options, blog.origin),
			"made at another site": authenticator.signIn(options, "https://evil.example"),
			"without the user verified": authenticator.signIn(options, blog.origin, { verified: false }),
			"no answer": "",
			"not JSON": "{",
			"not a passkey": JSON.stringify({ id: authenticator.id, response: {} }),
			"an enrolment": authenticator.enrol(options, blog.origin),
		};
		for (const [what, credential] of Object.entries(refused)) {
			network++;
			const response = await send({ challengeToken, credential });
			expect([what, response.status, cookieOf(response)]).toEqual([what, 403, ""]);
		}
		expect(
			(await send({ challengeToken, credential: authenticator.signIn(options, blog.origin) })).status,
		).toBe(303);
	});

	it("refuses an expired challenge, and a forged one", async () => {
		const { authenticator } = await start();
		const { options, challengeToken } = await page();
		const made = await signToken(
			ceremonyToken,
			{ challenge: JSON.parse(options).challenge, subject: "" },
			"another secret, long enough to hold, but not ours",
			{ id: "x", expiresAt: testStart + day },
		);
		expect(
			(await send({ challengeToken: made, credential: authenticator.signIn(options, blog.origin) })).status,
		).toBe(403);
		blog.setClock(testStart + 11 * minute);
		const response = await send({ challengeToken, credential: authenticator.signIn(options, blog.origin) });
		expect(response.status).toBe(403);
		expect(await response.text()).toContain("open for too long");
	});

	it("redirects to admin pages only", async () => {
		const { authenticator } = await start();
		const wanted = [
			"https://evil.example/admin",
			"//evil.example/admin",
			"/\\evil.example",
			"\\\\evil.example",
			"/administrators",
			"/admin/../../evil",
			"javascript:alert(1)",
			"/admin@evil.example",
			"https:/admin@evil.example/",
			"\t//evil.example",
		];
		for (const to of wanted) {
			network++;
			const asked = await ceremonyOf(await blog.get(`/admin/sign-in?to=${encodeURIComponent(to)}`));
			expect(asked.html, to).toContain('name="to" value="/admin"');
			const credential = authenticator.signIn(asked.options, blog.origin);
			const response = await send({ to, challengeToken: asked.challengeToken, credential });
			expect([to, response.headers.get("Location")]).toEqual([to, "/admin"]);
		}
	});

	it("starts a new session whatever cookie came with it", async () => {
		const { authenticator, cookie } = await start();
		const { options, challengeToken } = await page();
		const planted = `session=${"A".repeat(43)}`;
		const credential = authenticator.signIn(options, blog.origin);
		const response = await send({ challengeToken, credential }, { Cookie: planted });
		expect([planted, cookie, ""]).not.toContain(cookieOf(response));
		expect(await isIn(planted)).toBe(false);
	});

	it("is limited per /64 in IPv6, whichever of its addresses is used", async () => {
		const statuses: number[] = [];
		for (let attempt = 0; attempt < 25; attempt++) {
			const headers = { "CF-Connecting-IP": `2001:db8:0:1::${(attempt + 1).toString(16)}` };
			statuses.push((await send({ challengeToken: "", credential: "" }, headers)).status);
		}
		expect(statuses).toContain(429);
	});

	it("is limited per network, whatever is sent", async () => {
		const statuses: number[] = [];
		for (let attempt = 0; attempt < 25; attempt++) {
			statuses.push((await send({ challengeToken: "", credential: "" })).status);
		}
		expect(statuses[0]).toBe(403);
		expect(statuses).toContain(429);
	});

	it.each([
		["another site", { "Sec-Fetch-Site": "cross-site" }],
		["a sibling domain", { "Sec-Fetch-Site": "same-site" }],
		["nowhere it would say", { "Sec-Fetch-Site": "none" }],
	])("is refused from %s", async (_, headers) => {
		const { authenticator } = await start();
		const { options, challengeToken } = await page();
		const credential = authenticator.signIn(options, blog.origin);
		const response = await send({ challengeToken, credential }, headers);
		expect([response.status, cookieOf(response)]).toEqual([403, ""]);
	});
});

describe("a session", () => {
	it("gets a new token every quarter of an hour; the old one is valid a minute longer", async () => {
		const { cookie } = await start();
		blog.setClock(testStart + 14 * minute);
		expect(cookieOf(await blog.get("/admin/account", { Cookie: cookie }))).toBe("");
		blog.setClock(testStart + 15 * minute);
		const renewed = cookieOf(await blog.get("/admin/account", { Cookie: cookie }));
		expect(renewed).not.toBe("");
		expect([await isIn(cookie), await isIn(renewed)]).toEqual([true, true]);
	});

	it("ends when a replaced token is used later", async () => {
		const { cookie } = await start();
		blog.setClock(testStart + 15 * minute);
		const renewed = cookieOf(await blog.get("/admin/account", { Cookie: cookie }));
		blog.setClock(testStart + 17 * minute);
		expect(await isIn(cookie)).toBe(false);
		expect(await isIn(renewed)).toBe(false);
	});

	it("ends after two weeks unused and sixty days at most", async () => {
		const { cookie } = await start();
		blog.setClock(testStart + 14 * day);
		expect(await isIn(cookie)).toBe(false);

		let { cookie: current } = await enrol(
			blog,
			await invitation("Tom", "owner", { expiresAt: testStart + 15 * day }),
		);
		const begun = testStart + 14 * day;
		for (let days = 10; days < 60; days += 10) {
			blog.setClock(begun + days * day);
			current = cookieOf(await blog.get("/admin/account", { Cookie: current }));
			expect(current).not.toBe("");
		}
		blog.setClock(begun + 60 * day);
		expect(await isIn(current)).toBe(false);
	});

	it("is listed, and ended from another browser or by signing out", async () => {
		const first = await start();
		const page = await ceremonyOf(await blog.get("/admin/sign-in"));
		const credential = first.authenticator.signIn(page.options, blog.origin);
		const second = cookieOf(
			await blog.post("/admin/session", { challengeToken: page.challengeToken, credential }),
		);
		const html = await (await blog.get("/admin/account", { Cookie: second })).text();
		const end = /action="(\/admin\/account\/sessions\/\d+\/end)"/.exec(html)?.[1] ?? "";
		expect((await blog.post(end, {}, { Cookie: second })).status).toBe(303);
		expect([await isIn(first.cookie), await isIn(second)]).toEqual([false, true]);

		const out = await blog.post("/admin/session/end", {}, { Cookie: second });
		expect(out.headers.get("Set-Cookie")).toContain("session=; Max-Age=0");
		expect(await isIn(second)).toBe(false);
	});

	it("of another member cannot be ended, nor can their passkey be removed", async () => {
		const mika = await start();
		const tom = await signedIn(blog, "Tom", "moderator");
		const session = await blog.db.prepare("SELECT min(id) AS id FROM sessions").first<{ id: number }>();
		expect((await blog.post(`/admin/account/sessions/${session?.id}/end`, {}, tom)).status).toBe(404);
		await blog.post("/admin/account/sessions/end", {}, tom);
		await blog.post("/admin/account/passkeys/removal", { passkey: mika.authenticator.id }, tom);
		expect(await isIn(mika.cookie)).toBe(true);
		expect(await rows("passkeys")).toBe(2);
	});

	it("ends with the membership, and a changed role applies at once", async () => {
		const owner = await signedIn(blog, "Mika", "owner");
		const tom = await signedIn(blog, "Tom", "owner");
		const id = (await blog.db.prepare("SELECT id FROM members WHERE name = 'Tom'").first<{ id: number }>())
			?.id;
		await blog.post(`/admin/team/${id}/role`, { role: "moderator" }, owner);
		expect((await blog.get("/admin/team", tom)).status).toBe(403);
		await blog.post(`/admin/team/${id}/removal`, {}, owner);
		expect(await isIn(tom.Cookie)).toBe(false);
	});

	it("stays as it is when it is the last owner’s", async () => {
		const owner = await signedIn(blog, "Mika", "owner");
		const id = (await blog.db.prepare("SELECT id FROM members").first<{ id: number }>())?.id;
		expect((await blog.post(`/admin/team/${id}/removal`, {}, owner)).status).toBe(409);
		expect((await blog.post(`/admin/team/${id}/role`, { role: "moderator" }, owner)).status).toBe(409);
		expect((await blog.get("/admin/team", owner)).status).toBe(200);
	});
});

describe("a member's passkeys", () => {
	it("can be added on the account page, with the member’s own challenge", async () => {
		const { cookie, response } = await start();
		expect(response.status).toBe(303);
		const page = await ceremonyOf(await blog.get("/admin/account", { Cookie: cookie }));
		const phone = softAuthenticator();
		const credential = phone.enrol(page.options, blog.origin);
		const other = await signedIn(blog, "Tom", "moderator");
		const stolen = await blog.post(
			"/admin/account/passkeys",
			{ challengeToken: page.challengeToken, credential },
			other,
		);
		expect(stolen.status).toBe(409);
		const added = await blog.post(
			"/admin/account/passkeys",
			{ challengeToken: page.challengeToken, credential },
			{ Cookie: cookie },
		);
		expect(added.status).toBe(303);
		const signIn = await ceremonyOf(await blog.get("/admin/sign-in"));
		const answer = {
			challengeToken: signIn.challengeToken,
			credential: phone.signIn(signIn.options, blog.origin),
		};
		expect((await blog.post("/admin/session", answer)).status).toBe(303);
	});

	it("cannot all be removed", async () => {
		const { cookie, authenticator } = await start();
		const response = await blog.post(
			"/admin/account/passkeys/removal",
			{ passkey: authenticator.id },
			{ Cookie: cookie },
		);
		expect([response.status, await response.text()]).toEqual([
			409,
			expect.stringContaining("remove your only passkey"),
		]);
		expect(await rows("passkeys")).toBe(1);
	});
});

describe("the team page", () => {
	it("creates an invitation link that works, and returns an invalid name", async () => {
		const owner = await signedIn(blog, "Mika", "owner");
		const wrong = await blog.post("/admin/team/invitations", { name: "x".repeat(61), role: "owner" }, owner);
		expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("x".repeat(61))]);
		const made = await blog.post("/admin/team/invitations", { name: "Tom", role: "moderator" }, owner);
		const token = /invitation=([\w.-]+)/.exec(await made.text())?.[1] ?? "";
		const tom = await enrol(blog, token);
		expect(tom.response.status).toBe(303);
		expect((await blog.get("/admin/team", { Cookie: tom.cookie })).status).toBe(403);
		const id = await blog.db.prepare("SELECT id FROM members WHERE name = 'Tom'").first<number>("id");
		await blog.post(`/admin/team/${id}/role`, { role: "owner" }, owner);
		await blog.post(`/admin/team/${id}/removal`, {}, owner);
		const log = await (await blog.get("/admin/log", owner)).text();
		expect(log).toMatch(
			/Removed Tom[\s\S]*Changed the role of Tom[\s\S]*Added a passkey[\s\S]*Created an invitation link for Tom/,
		);
	});
});

describe("the database", () => {
	it("stores no session token in clear", async () => {
		const { cookie } = await start();
		const token = cookie.split("=")[1] ?? "";
		const { results } = await blog.db.prepare("SELECT * FROM sessions").all();
		expect(JSON.stringify(results)).not.toContain(token);
	});
});
