import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { contentHash } from "../../../src/comments/content-hash.ts";
import { parseDraft, type TypedComment } from "../../../src/comments/draft.ts";
import { verifyEditToken } from "../../../src/comments/edit-link.ts";
import {
	signFlash,
	signRenderedAt,
	verifyFlash,
	verifyRenderedAt,
} from "../../../src/comments/form-tokens.ts";
import { limits } from "../../../src/comments/limits.ts";
import { linksOf, linkTargetsOf } from "../../../src/comments/links.ts";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { readInvitation } from "../../../src/members/invitation.ts";
import { parseMemberName } from "../../../src/members/member.ts";
import { credentialIdIn } from "../../../src/members/passkey.ts";
import { readModerationLink } from "../../../src/moderation/moderation-links.ts";
import { fold } from "../../../src/moderation/policy.ts";
import { parseSettings, readSettings, settingsLimits } from "../../../src/moderation/settings.ts";
import { parseAddress } from "../../../src/notifications/subscription.ts";
import { accessGate } from "../../../src/platform/access.ts";
import { resolveOverHttps } from "../../../src/platform/dns.ts";
import { webAuthnPasskeys } from "../../../src/platform/passkeys.ts";
import { postJson } from "../../../src/platform/post-json.ts";
import { startOfDay } from "../../../src/posts/dates.ts";
import { isReactionKind, reactionKinds } from "../../../src/reactions/kinds.ts";
import { scriptOf } from "../../../src/text/scripts.ts";
import { verifyToken } from "../../../src/tokens/token.ts";
import { adminUrl } from "../../../src/web/admin/request.ts";
import { almostValid, anyText } from "../../support/arbitraries.ts";
import { tokenKinds } from "../../support/token-kinds.ts";

const typed: fc.Arbitrary<TypedComment> = fc.record({
	name: anyText,
	email: fc.oneof(anyText, fc.emailAddress(), fc.constant("")),
	website: fc.oneof(anyText, fc.webUrl(), fc.constant("")),
	text: anyText,
});
const secret = "a secret for tests";

const log = () => {};

describe("parseDraft, for any input", () => {
	it("returns errors or a draft that is limited, clean, and valid again", () => {
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

describe("the readers of a comment's text, for any text", () => {
	it("find only hosts of typed links, and never fail", async () => {
		await fc.assert(
			fc.asyncProperty(anyText, fc.webUrl(), async (text, url) => {
				const links = await linksOf({ html: renderCommentMarkdown(text), website: url });
				expect(links.at(-1)).toBe(new URL(url).href);
				for (const target of linkTargetsOf(links)) {
					expect(target).toMatch(/^(?:[^\s/@:?#]+|\[[0-9a-f:.]+\])(?:\/\S*)?$/);
				}
				scriptOf(text);
				expect(fold(fold(text))).toBe(fold(text));
				expect((await contentHash(text)) ?? "0".repeat(64)).toMatch(/^[0-9a-f]{64}$/);
			}),
			{ numRuns: 500 },
		);
	});

	it("render it to the same HTML each time, with every element closed", () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const html = renderCommentMarkdown(text);
				expect(renderCommentMarkdown(text)).toBe(html);
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

describe("an untrusted token", () => {
	it("is rejected unless it was signed here, for that purpose and time", async () => {
		const flash = { post: "p", comment: 1, action: "posted", kind: null } as const;
		const ours = await signFlash(flash, secret, 0);
		const renderedAt = await signRenderedAt(5, secret);
		expect(await verifyFlash(ours, secret, 0)).toMatchObject(flash);
		expect(await verifyRenderedAt(renderedAt, secret, 0)).toBe(5);
		expect(await verifyRenderedAt(ours, secret, 0)).toBeNull();
		expect(await verifyFlash(renderedAt, secret, 0)).toBeNull();
		const forged = fc.oneof(
			anyText,
			fc.nat({ max: ours.length - 1 }).map((at) => ours.slice(0, at)),
			fc
				.record({ at: fc.nat({ max: ours.length - 1 }), sign: fc.constantFrom("A", "z", ".", "-", "~") })
				.filter(({ at, sign }) => ours[at] !== sign && at < ours.length - 1)
				.map(({ at, sign }) => ours.slice(0, at) + sign + ours.slice(at + 1)),
		);
		await fc.assert(
			fc.asyncProperty(forged, async (token) => {
				expect(await verifyFlash(token, secret, 0)).toBeNull();
				expect(await verifyRenderedAt(token, secret, 0)).toBeNull();
				expect(await verifyEditToken(token, { id: 1, createdAt: 0 }, secret, 0)).toBe(false);
			}),
			{ numRuns: 500 },
		);
	});
});

const typedText = fc.oneof(almostValid, anyText);

describe("admin forms, for any input", () => {
	it("give settings within their limits that can be read back, or errors", () => {
		const form = fc.record({
			policy: typedText,
			blockedWords: fc.array(typedText, { maxLength: 8 }).map((words) => words.join("\n")),
			linkLimit: typedText,
		});
		fc.assert(
			fc.property(form, (typed) => {
				const parsed = parseSettings(typed);
				if ("errors" in parsed) {
					expect(parsed.errors.length).toBeGreaterThan(0);
					return;
				}
				const { blockedWords: words, linkLimit } = parsed.settings;
				expect(readSettings(JSON.parse(JSON.stringify(parsed.settings)))).toEqual(parsed.settings);
				expect(linkLimit ?? 0).toBeLessThanOrEqual(settingsLimits.links);
				for (const word of words) expect(fold(word).length).toBeGreaterThanOrEqual(2);
			}),
			{ numRuns: 500 },
		);
	});

	it("give a name of one line, an instant, an admin URL, or null", () => {
		const invisible = fc.string({
			unit: fc.oneof(
				fc.constantFrom("M", "あ", " ", "\u200d", "\u202e", "\u00ad"),
				fc.integer({ min: 0xe0000, max: 0xe0fff }).map((code) => String.fromCodePoint(code)),
			),
		});
		fc.assert(
			fc.property(
				fc.oneof(typedText, invisible),
				fc.constantFrom("UTC", "Asia/Tokyo", "America/St_Johns"),
				(text, zone) => {
					const name = parseMemberName(text);
					if (name !== null) {
						expect(parseMemberName(name)).toBe(name);
						// Arabic and Syriac number signs are format characters with a glyph.
						expect(name).toMatch(
							/^\S(([^\p{Cc}\p{Cf}]|[\u200C\u200D]|[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2]|[\u{110BD}\u{110CD}]|\u{1F3F4}[\u{E0020}-\u{E007F}]{4,6})*\S)?$/u,
						);
					}
					const day = startOfDay(text, 1, zone);
					expect(day === null || Number.isSafeInteger(day)).toBe(true);
					expect(adminUrl(text)).toMatch(/^\/admin(?=$|[/?])/);
					const address = parseAddress(text);
					if (address !== null) {
						expect(parseAddress(address)).toBe(address);
						expect(address).not.toMatch(/[\s<>,;:]/);
					}
					if (isReactionKind(text)) expect(Object.keys(reactionKinds)).toContain(text);
				},
			),
			{ numRuns: 1500 },
		);
	});
});

describe("untrusted input, for any value", () => {
	afterEach(() => {
		vi.unstubAllGlobals();
		vi.restoreAllMocks();
	});

	it("is no valid claim, ticket, invitation, link or passkey", async () => {
		const json = fc.oneof(
			fc.jsonValue().map((value) => JSON.stringify(value)),
			typedText,
		);
		const kinds = await tokenKinds();
		const party = { name: "Cats", origin: "https://cats.example", host: "cats.example" };
		const known = { id: "x", publicKey: "eA", counter: 0, transports: [] };
		vi.spyOn(console, "warn").mockImplementation(() => {});
		await fc.assert(
			fc.asyncProperty(json, typedText, async (answer, part) => {
				for (const kind of kinds) expect(await verifyToken(kind, part, secret, 0)).toBeNull();
				expect(await readInvitation(part, secret, 0)).toBeNull();
				expect(await readModerationLink(part, secret, 0)).toBeNull();
				const gate = accessGate({ ACCESS_TEAM_DOMAIN: "cats.example", ACCESS_AUDIENCE: "x" } as never);
				expect(await gate?.(part.replaceAll(".", ""), 0, log)).toBeNull();
				const credential = JSON.stringify({
					id: "x",
					rawId: "x",
					type: "public-key",
					response: answer,
					[part]: answer,
				});
				for (const response of [answer, credential]) {
					if (credentialIdIn(response) === null) continue;
					expect(
						await webAuthnPasskeys().verifyAuthentication(party, "challenge", response, known, log),
					).toBeNull();
					expect(await webAuthnPasskeys().verifyRegistration(party, "challenge", response, log)).toBeNull();
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("is a resolver's response with addresses or an error; only https requests are sent", async () => {
		const record = fc.record({
			type: fc.constantFrom(1, 28, 5, 16),
			data: fc.oneof(typedText, fc.ipV4(), fc.ipV6()),
		});
		const answer = fc.oneof(
			fc.record({ Answer: fc.array(record, { maxLength: 4 }) }).map((found) => JSON.stringify(found)),
			fc.jsonValue().map((value) => JSON.stringify(value)),
			anyText,
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
				await postJson({ url: address, headers: {}, body: "", service: "a webhook" }, resolve);
				for (const url of posted) expect(new URL(url).protocol).toBe("https:");
			}),
			{ numRuns: 300 },
		);
	});
});
