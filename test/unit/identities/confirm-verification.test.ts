import { beforeEach, describe, expect, it } from "vitest";
import { nameSkeletons } from "../../../src/comments/names.ts";
import { confirmVerification, mergesHistory, rename } from "../../../src/identities/confirm-verification.ts";
import type { Verification } from "../../../src/identities/identity.ts";
import { anIdentity, type FakeIdentities, fakeIdentities } from "../../support/fakes/identities.ts";

const verification: Verification = {
	id: 3,
	createdAt: 1,
	email: "hanako@mail.example",
	visitor: "asking",
	name: "Hanako",
	lang: "en",
	identity: null,
};

let identities: FakeIdentities;
beforeEach(() => {
	identities = fakeIdentities();
});

async function confirmIn(browser: string | null, name = "Hanako") {
	const claim = { name, skeletons: await nameSkeletons(name) };
	return confirmVerification(verification, { browser, claim, newVisitor: "new", now: 5 }, identities);
}

describe("confirming a verification", () => {
	it("consumes the link, and gives a new identity a visitor id that no old cookie has", async () => {
		expect(await confirmIn("asking")).toBe(anIdentity);
		expect(identities.confirmations).toMatchObject([
			{ verification: { id: 3, createdAt: 1 }, visitor: "new", browser: "asking", now: 5 },
		]);
	});

	it("merges the history of the browser that both requested and confirmed it", async () => {
		await confirmIn("asking");
		expect(identities.confirmations[0]?.mergedVisitor).toBe("asking");
	});

	it("merges nothing when another browser confirms it, or one that is unknown", async () => {
		identities.names.set("other", ["Hanako"]);
		await confirmIn("other");
		await confirmIn(null);
		expect(identities.confirmations.map(({ mergedVisitor, names }) => [mergedVisitor, names])).toEqual([
			[null, []],
			[null, []],
		]);
	});

	it("merges nothing into a second identity of a browser that has one", async () => {
		identities.known.set("asking", { ...anIdentity, visitor: "asking" });
		await confirmIn("asking");
		expect(identities.confirmations[0]?.mergedVisitor).toBeNull();
	});

	it("verifies earlier comments under names that look the same, and no others", async () => {
		identities.names.set("asking", ["Hanako", "HANAKO", "Ηanako", "Taro"]);
		await confirmIn("asking");
		expect(identities.confirmations[0]?.names).toEqual(["Hanako", "HANAKO", "Ηanako"]);
	});

	it.each(["taken", "expired"] as const)("passes on that the link or the name is %s", async (answer) => {
		identities.answer = answer;
		expect(await confirmIn("asking")).toBe(answer);
	});
});

describe("a browser's history", () => {
	it.each([
		["the browser that requested it", "asking", null, true],
		["another browser", "other", null, false],
		["no browser that is known", null, null, false],
		["a browser with an identity", "asking", anIdentity, false],
	] as const)("is merged or not for %s", (_, browser, known, merged) => {
		expect(mergesHistory(verification, browser, known)).toBe(merged);
	});
});

describe("renaming an identity", () => {
	it("verifies the comments under the new name, and says when it is taken", async () => {
		identities.names.set("me", ["Taro", "taro", "Hanako"]);
		const claim = { name: "Taro", skeletons: await nameSkeletons("Taro") };
		expect(await rename("me", claim, identities)).toBe(true);
		expect(identities.renames).toEqual([{ visitor: "me", names: ["Taro", "taro"] }]);
		identities.answer = "taken";
		expect(await rename("me", claim, identities)).toBe(false);
	});
});
