import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signToken, verifyToken } from "../../../src/tokens/token.ts";
import { tokenKinds } from "../../support/token-kinds.ts";

const src = new URL("../../../src", import.meta.url).pathname;
const secret = "a secret for tests, long enough to hold";
const now = Date.parse("2026-01-01T00:00:00Z");

/** Claims of each kind, by its purpose. */
const claims: Readonly<Record<string, Record<string, unknown>>> = {
	ceremony: { challenge: "c", subject: "" },
	edit: { comment: { id: 1, createdAt: 1 } },
	flash: { post: "p", comment: 1, action: "posted", kind: null },
	invitation: { name: "Mika", role: "owner" },
	moderation: { comment: { id: 1, createdAt: 1 }, operation: "published", actor: "Mika" },
	preview: { sub: "p" },
	"rendered-at": { at: 1 },
	"subscription-confirmation": { subscription: { id: 1, createdAt: 1 } },
	"subscription-end": { subscriptions: [{ id: 1, createdAt: 1 }] },
	verification: { verification: { id: 1, createdAt: 1 } },
};
const kinds = await tokenKinds();

describe("the kinds of signed tokens", () => {
	it("have a purpose each, and claims in this test", () => {
		expect(kinds.map(({ purpose }) => purpose).sort()).toEqual(Object.keys(claims).sort());
	});

	it("share no signing key: a purpose has no colon, and names neither the cookie's key nor the mailbox's", () => {
		for (const { purpose } of kinds) {
			expect(purpose).toMatch(/^[a-z]+(-[a-z]+)*$/);
			expect(["visitor", "mailbox"]).not.toContain(purpose);
		}
	});

	it.each(kinds)("$purpose: its token is accepted, and refused by every other kind", async (kind) => {
		const token = await signToken(kind, claims[kind.purpose] ?? {}, secret, { now });
		expect(await verifyToken(kind, token, secret, now)).toMatchObject(claims[kind.purpose] ?? {});
		for (const other of kinds.filter(({ purpose }) => purpose !== kind.purpose)) {
			expect(await verifyToken(other, token, secret, now), other.purpose).toBeNull();
		}
	});

	it.each(kinds)("$purpose: refuses its own claims under another kind's key", async (kind) => {
		for (const { purpose } of kinds.filter(({ purpose }) => purpose !== kind.purpose)) {
			const token = await signToken({ ...kind, purpose }, claims[kind.purpose] ?? {}, secret, { now });
			expect(await verifyToken(kind, token, secret, now), purpose).toBeNull();
		}
	});

	it("are all there is: nothing but tokens/ and Cloudflare Access uses a JWT library", () => {
		const users = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
			(path) =>
				/\.tsx?$/.test(path) &&
				/"(jose|hono\/jwt|[^"]*\/jose\.ts)"/.test(readFileSync(join(src, path), "utf8")),
		);
		expect(users.sort()).toEqual(["platform/access.ts", "tokens/jose.ts", "tokens/token.ts"]);
	});
});
