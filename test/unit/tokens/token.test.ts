import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { signToken, tokenKind, verifyToken } from "../../../src/tokens/token.ts";
import { codePoint } from "../../support/arbitraries.ts";

const secret = "a secret for tests, long enough to hold";
const now = Date.parse("2026-01-01T00:00:00Z");
const hour = 3_600_000;

const edit = tokenKind("edit", v.object({ comment: v.number() }), { lifetime: hour });
const preview = tokenKind("preview", v.object({ comment: v.number() }), { lifetime: hour });
const invitation = tokenKind("invitation", v.object({ name: v.string() }), {
	lifetime: hour,
	singleUse: true,
});
const unsubscribe = tokenKind("unsubscribe", v.object({ id: v.number() }), { lifetime: null });

describe("a signed token", () => {
	it("gives its claims back until it expires", async () => {
		const token = await signToken(edit, { comment: 12 }, secret, { now });
		expect(await verifyToken(edit, token, secret, now + hour - 1000)).toEqual({
			comment: 12,
			id: "",
			expiresAt: now + hour,
		});
		expect(await verifyToken(edit, token, secret, now + hour)).toBeNull();
	});

	it("is refused for another purpose, whatever its claims", async () => {
		const token = await signToken(edit, { comment: 12 }, secret, { now });
		expect(await verifyToken(preview, token, secret, now)).toBeNull();
	});

	it("is refused under another secret", async () => {
		const token = await signToken(edit, { comment: 12 }, secret, { now });
		expect(await verifyToken(edit, token, `${secret}.`, now)).toBeNull();
	});

	it("has an id of its own when it can be used once, or the id it was given", async () => {
		const [one, two] = await Promise.all(
			[1, 2].map(() => signToken(invitation, { name: "Ann" }, secret, { now })),
		);
		const ids = await Promise.all(
			[one, two].map(async (token) => (await verifyToken(invitation, token ?? "", secret, now))?.id),
		);
		expect(new Set(ids).size).toBe(2);
		const named = await signToken(invitation, { name: "Ann" }, secret, { now, id: "ann-1" });
		expect((await verifyToken(invitation, named, secret, now))?.id).toBe("ann-1");
		const again = await signToken(invitation, { name: "Ann" }, secret, { now, id: "ann-1" });
		expect(again).toBe(named);
	});

	it("needs an expiry where its kind has a lifetime, and has none where it has not", async () => {
		const endless = await signToken(unsubscribe, { id: 1 }, secret, { now });
		expect(await verifyToken(unsubscribe, endless, secret, now + 1000 * 365 * 24 * hour)).toMatchObject({
			id: "",
			expiresAt: null,
		});
		const asEdit = tokenKind("unsubscribe", v.object({ id: v.number() }), { lifetime: hour });
		expect(await verifyToken(asEdit, endless, secret, now)).toBeNull();
	});

	it("is nothing when it is anything else", async () => {
		const token = await signToken(edit, { comment: 12 }, secret, { now });
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: codePoint }), fc.nat(token.length - 1), async (text, at) => {
				expect(await verifyToken(edit, text, secret, now)).toBeNull();
				const changed = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
				// The last character of a base64url part may hold bits that mean nothing (RFC 4648, section 3.5).
				if (at < token.length - 1 && token[at + 1] !== ".") {
					expect(await verifyToken(edit, changed, secret, now)).toBeNull();
				}
			}),
			{ numRuns: 20 },
		);
	});
});
