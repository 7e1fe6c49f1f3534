import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DraftField, parseDraft, parseName } from "../../../src/comments/draft.ts";
import { limits } from "../../../src/comments/limits.ts";
import { isValidProof } from "../../../src/comments/proof-of-work.ts";
import { credentialIdIn } from "../../../src/members/passkey.ts";
import { parseAddress } from "../../../src/notifications/subscription.ts";
import { verifyToken } from "../../../src/tokens/token.ts";
import { adminUrl } from "../../../src/web/admin/request.ts";
import { repeated } from "../../support/adversarial.ts";
import { textWork } from "../../support/text-work.ts";
import { tokenKinds } from "../../support/token-kinds.ts";

const kinds = await tokenKinds();
const valid = { name: "Ann", email: "ann@mail.example", website: "https://ann.example/", text: "Hello" };
const fields = Object.keys(limits) as DraftField[];

/** The readers of what strangers post, with the characters of the longest input that they may look at. */
const readers: [string, number, (input: string) => unknown][] = [
	...fields.map((field): [string, number, (input: string) => unknown] => [
		`the comment's ${field}`,
		4 * limits[field],
		(input) => parseDraft({ ...valid, [field]: input }),
	]),
	["a name to verify", 4 * limits.name, parseName],
	["an e-mail address", 508, parseAddress],
	["a proof of work", 15, (input) => isValidProof("token", input)],
	["a passkey's answer", 32_768, credentialIdIn],
	["the page to return to", 4096, adminUrl],
	...kinds.map((kind): [string, number, (input: string) => unknown] => [
		`a token: ${kind.purpose}`,
		16_384,
		(input) => verifyToken(kind, input, "a secret for tests, long enough to hold", 0),
	]),
];

describe.each(readers)("%s", (_, bound, read) => {
	it("costs no more work the longer it is beyond its bound", async () => {
		const sequence = fc.oneof(fc.constantFrom(...repeated), fc.string({ minLength: 1, maxLength: 4 }));
		await fc.assert(
			fc.asyncProperty(sequence, fc.integer({ min: bound + 1, max: 240_000 }), async (part, length) => {
				const input = part.repeat(Math.ceil(length / part.length));
				// The other fields of the form are read as always.
				const rest = await textWork(() => read(""));
				expect((await textWork(() => read(input))) - rest).toBeLessThan(200);
			}),
			{ numRuns: 30 },
		);
	});
});
