import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { limits, parseDraft, type TypedComment } from "../../src/comments/draft.ts";
import { hostsOf, linksOf } from "../../src/comments/links.ts";
import { renderComment } from "../../src/comments/markdown.ts";
import { verifyOwn } from "../../src/comments/own-link.ts";
import { digestOfSaid } from "../../src/comments/said.ts";
import { scriptOf } from "../../src/comments/script.ts";
import { readInvitation } from "../../src/members/invitation.ts";
import { parseMemberName } from "../../src/members/member.ts";
import { claimedPasskey } from "../../src/members/passkey.ts";
import { readModerationLink } from "../../src/moderation/links.ts";
import { parseSettings, readSettings, settingsLimits } from "../../src/moderation/settings.ts";
import { fold } from "../../src/moderation/standards.ts";
import { parseAddress } from "../../src/notifications/subscription.ts";
import { accessGate } from "../../src/platform/access.ts";
import { claimSigner } from "../../src/platform/claims.ts";
import { resolveOverHttps } from "../../src/platform/dns.ts";
import { postOut } from "../../src/platform/outgoing.ts";
import { passkeysByWebAuthn } from "../../src/platform/passkeys.ts";
import { startOfDay } from "../../src/posts/dates.ts";
import { isReactionKind, reactionKinds } from "../../src/reactions/kinds.ts";
import { deskAddress } from "../../src/web/desk.ts";
import { signDrawn, signFresh, verifyDrawn, verifyFresh } from "../../src/web/tokens.ts";
import { anything, nearly } from "../support/anything.ts";

const typed: fc.Arbitrary<TypedComment> = fc.record({
	name: anything,
	email: fc.oneof(anything, fc.emailAddress(), fc.constant("")),
	website: fc.oneof(anything, fc.webUrl(), fc.constant("")),
	text: anything,
});
const secret = "a secret for tests";

describe("parseDraft, whatever is typed", () => {
	it("gives errors or a draft that is bounded, clean, and a draft again", () => {
		fc.assert(
			fc.property(typed, (comment) => {
				const parsed = parseDraft(comment);
				if ("errors" in parsed) {
					expect(Object.keys(parsed.errors).length).toBeGreaterThan(0);
					return;
				}
				const { name, email, website, text } = parsed.draft;
				for (const [field, value] of Object.entries({
					name,
					email: email ?? "",
					website: website ?? "",
					text,
				})) {
					expect([...value].length).toBeLessThanOrEqual(limits[field as keyof typeof limits]);
				}
				expect(name).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
				expect(text).not.toMatch(/[\0\r]/);
				if (website !== null) expect(new URL(website).protocol).toMatch(/^https?:$/);
				const again = { name, email: email ?? "", website: website ?? "", text };
				expect(parseDraft(again)).toEqual({ draft: parsed.draft });
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("what reads a comment's text, whatever it is", () => {
	it("finds only hosts that a link was typed for, and never fails", async () => {
		await fc.assert(
			fc.asyncProperty(anything, fc.webUrl(), async (text, url) => {
				const draft = { text: `${text} ${url} `, website: null };
				expect(linksOf(draft).length).toBeGreaterThanOrEqual(1);
				for (const host of hostsOf(draft)) expect(host).toMatch(/^[^\s/@:?#]+$|^\[[0-9a-f:.]+\]$/);
				scriptOf(text);
				expect(fold(fold(text))).toBe(fold(text));
				expect((await digestOfSaid(text)) ?? "0".repeat(64)).toMatch(/^[0-9a-f]{64}$/);
			}),
			{ numRuns: 500 },
		);
	});

	it("renders it to the same HTML each time, with every element closed", () => {
		fc.assert(
			fc.property(anything, (text) => {
				const html = renderComment(text);
				expect(renderComment(text)).toBe(html);
				const open: string[] = [];
				for (const [, end, name = ""] of html.matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
					if (name === "br") continue;
					if (end === "") open.push(name);
					else expect(open.pop()).toBe(name);
				}
				expect(open).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("a token from outside", () => {
	it("is nothing, whatever it is, unless it is one of ours, for that and at that time", async () => {
		const act = { post: "p", comment: 1, act: "posted", kind: null } as const;
		const ours = await signFresh(act, secret, 0);
		const drawn = await signDrawn(5, secret);
		expect(await verifyFresh(ours, secret, 0)).toMatchObject(act);
		expect(await verifyDrawn(drawn, secret)).toBe(5);
		expect(await verifyDrawn(ours, secret)).toBeNull();
		expect(await verifyFresh(drawn, secret, 0)).toBeNull();
		const forged = fc.oneof(
			anything,
			fc.nat({ max: ours.length - 1 }).map((at) => ours.slice(0, at)),
			fc
				.record({ at: fc.nat({ max: ours.length - 1 }), sign: fc.constantFrom("A", "z", ".", "-", "~") })
				.filter(({ at, sign }) => ours[at] !== sign && at < ours.length - 1)
				.map(({ at, sign }) => ours.slice(0, at) + sign + ours.slice(at + 1)),
		);
		await fc.assert(
			fc.asyncProperty(forged, async (token) => {
				expect(await verifyFresh(token, secret, 0)).toBeNull();
				expect(await verifyDrawn(token, secret)).toBeNull();
				expect(await verifyOwn(token, 1, secret, 0)).toBe(false);
			}),
			{ numRuns: 500 },
		);
	});
});

const typedText = fc.oneof(nearly, anything);

describe("what is typed at the desk, whatever it is", () => {
	it("is settings within their bounds that can be read back, or what is wrong with them", () => {
		const form = fc.record({
			policy: typedText,
			words: fc.array(typedText, { maxLength: 8 }).map((words) => words.join("\n")),
			linkLimit: typedText,
		});
		fc.assert(
			fc.property(form, (typed) => {
				const parsed = parseSettings(typed);
				if ("errors" in parsed) {
					expect(parsed.errors.length).toBeGreaterThan(0);
					return;
				}
				const { words, linkLimit } = parsed.settings;
				expect(readSettings(JSON.parse(JSON.stringify(parsed.settings)))).toEqual(parsed.settings);
				expect(linkLimit ?? 0).toBeLessThanOrEqual(settingsLimits.links);
				for (const word of words) expect(fold(word).length).toBeGreaterThanOrEqual(2);
			}),
			{ numRuns: 500 },
		);
	});

	it("is a name of one line, an instant, an address of the desk, or none", () => {
		fc.assert(
			fc.property(typedText, fc.constantFrom("UTC", "Asia/Tokyo", "America/St_Johns"), (text, zone) => {
				const name = parseMemberName(text);
				if (name !== null) {
					expect(parseMemberName(name)).toBe(name);
					expect(name).toMatch(/^\S([^\p{Cc}\p{Cf}]*\S)?$/u);
				}
				const day = startOfDay(text, 1, zone);
				expect(day === null || Number.isSafeInteger(day)).toBe(true);
				expect(deskAddress(text)).toMatch(/^\/admin(?=$|[/?])/);
				const address = parseAddress(text);
				if (address !== null) {
					expect(parseAddress(address)).toBe(address);
					expect(address).not.toMatch(/[\s<>,;:]/);
				}
				if (isReactionKind(text)) expect(Object.keys(reactionKinds)).toContain(text);
			}),
			{ numRuns: 1500 },
		);
	});
});

describe("what comes from outside, whatever it is", () => {
	afterEach(() => {
		vi.unstubAllGlobals();
		vi.restoreAllMocks();
	});

	it("is no claim, ticket, invitation, link or passkey of ours", async () => {
		const json = fc.oneof(
			fc.jsonValue().map((value) => JSON.stringify(value)),
			typedText,
		);
		const party = { name: "Cats", origin: "https://cats.example", host: "cats.example" };
		const known = { id: "x", publicKey: "eA", counter: 0, transports: [] };
		vi.spyOn(console, "warn").mockImplementation(() => {});
		await fc.assert(
			fc.asyncProperty(json, typedText, async (answer, part) => {
				expect(await claimSigner(secret).read(part, 0)).toBeNull();
				expect(await readInvitation(part, secret, 0)).toBeNull();
				expect(await readModerationLink(part, secret, 0)).toBeNull();
				const gate = accessGate({ ACCESS_TEAM_DOMAIN: "cats.example", ACCESS_AUDIENCE: "x" } as never);
				expect(await gate?.(part.replaceAll(".", ""), 0)).toBeNull();
				const credential = JSON.stringify({
					id: "x",
					rawId: "x",
					type: "public-key",
					response: answer,
					[part]: answer,
				});
				for (const response of [answer, credential]) {
					if (claimedPasskey(response) === null) continue;
					expect(await passkeysByWebAuthn().verifySignIn(party, "challenge", response, known)).toBeNull();
					expect(await passkeysByWebAuthn().verifyEnrolment(party, "challenge", response)).toBeNull();
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("is a resolver's answer that says where a name leads, or an error: nothing is sent on its word alone", async () => {
		const record = fc.record({
			type: fc.constantFrom(1, 28, 5, 16),
			data: fc.oneof(typedText, fc.ipV4(), fc.ipV6()),
		});
		const answer = fc.oneof(
			fc.record({ Answer: fc.array(record, { maxLength: 4 }) }).map((found) => JSON.stringify(found)),
			fc.jsonValue().map((value) => JSON.stringify(value)),
			anything,
		);
		await fc.assert(
			fc.asyncProperty(answer, typedText, async (body, address) => {
				vi.stubGlobal("fetch", async () => new Response(body));
				const found = await resolveOverHttps("cats.example").catch((error: unknown) => error);
				if (!(found instanceof Error))
					for (const data of found as string[]) expect(typeof data).toBe("string");
				const posted: string[] = [];
				vi.stubGlobal("fetch", async (url: string) => {
					posted.push(url);
					return new Response(null);
				});
				const resolve = async () => (found instanceof Error ? [] : (found as string[]));
				await postOut({ url: address, headers: {}, body: "", who: "a webhook" }, resolve);
				for (const url of posted) expect(new URL(url).protocol).toBe("https:");
			}),
			{ numRuns: 300 },
		);
	});
});
