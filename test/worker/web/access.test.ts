import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testStart } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

const team = "https://cats.cloudflareaccess.com";
const audience = "f".repeat(64);
const ours = await generateKeyPair("RS256");
const theirs = await generateKeyPair("RS256");
let blog: Blog;

beforeAll(async () => {
	const keys = { keys: [{ ...(await exportJWK(ours.publicKey)), kid: "1", alg: "RS256", use: "sig" }] };
	blog = await startBlog({
		env: {
			ACCESS_TEAM_DOMAIN: "cats.cloudflareaccess.com",
			ACCESS_AUDIENCE: audience,
			ACCESS_OWNERS: "Mika@example.com",
			ACCESS_MODERATORS: "tom@example.com, ann@example.com",
		},
		outbound: ({ url }) =>
			url === `${team}/cdn-cgi/access/certs` ? Response.json(keys) : new Response("", { status: 404 }),
	});
});
afterAll(() => blog.stop());

type Claims = { email?: string; aud?: string; iss?: string; exp?: number; key?: CryptoKey; alg?: "RS256" };

const assertion = ({ email = "mika@example.com", aud = audience, iss = team, exp = 60, key }: Claims = {}) =>
	new SignJWT({ email })
		.setProtectedHeader({ alg: "RS256", kid: "1" })
		.setIssuer(iss)
		.setAudience(aud)
		.setExpirationTime(testStart / 1000 + exp)
		.sign(key ?? ours.privateKey);

const visit = async (path: string, claims?: Claims) =>
	blog.get(path, { "Cf-Access-Jwt-Assertion": await assertion(claims) });

describe("Cloudflare Access", () => {
	it("signs in the addresses this blog lists, each in their role", async () => {
		const owner = await visit("/admin/team");
		expect([owner.status, await owner.text()]).toEqual([200, expect.stringContaining("mika@example.com")]);
		expect((await visit("/admin/team", { email: "tom@example.com" })).status).toBe(403);
		expect((await visit("/admin/account", { email: "TOM@example.com" })).status).toBe(200);
	});

	it("refuses an address this blog does not list", async () => {
		const response = await visit("/admin/account", { email: "eve@example.com" });
		expect(response.status).toBe(403);
	});

	it.each([
		["for another application", { aud: "0".repeat(64) }],
		["of another team", { iss: "https://dogs.cloudflareaccess.com" }],
		["that has expired", { exp: -1 }],
		["signed by somebody else", { key: theirs.privateKey }],
	])("is not believed with a token %s", async (_, claims) => {
		expect((await visit("/admin/account", claims)).status).toBe(403);
	});

	it.each(["", "x.y.z", `${btoa('{"alg":"none"}')}.${btoa('{"email":"mika@example.com"}')}.`])(
		"is not believed with the token %j",
		async (token) => {
			const response = await blog.get("/admin/account", { "Cf-Access-Jwt-Assertion": token });
			expect([303, 403]).toContain(response.status);
		},
	);

	it("is ignored where no Access team is configured", async () => {
		const plain = await startBlog();
		const response = await plain.get("/admin/account", { "Cf-Access-Jwt-Assertion": await assertion() });
		expect(response.status).toBe(303);
		await plain.stop();
	});

	it("does not exempt a POST from the same-origin check", async () => {
		const response = await blog.post(
			"/admin/team/invitations",
			{ name: "Eve", role: "owner" },
			{ "Cf-Access-Jwt-Assertion": await assertion(), "Sec-Fetch-Site": "cross-site" },
		);
		expect(response.status).toBe(403);
	});
});
