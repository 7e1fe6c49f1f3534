import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn, testStart } from "../../support/admin.ts";
import { almostValid, anyText } from "../../support/arbitraries.ts";
import { type Blog, startBlog, testSecret } from "../../support/blog.ts";
import { routeTable } from "../../support/route-table.ts";
import { tokenKinds } from "../../support/token-kinds.ts";

const value = fc.oneof({ weight: 2, arbitrary: almostValid }, anyText);

/** Every field and parameter that a route reads, so that each receives invalid values. */
const fieldNames = [
	...[
		"name",
		"email",
		"website",
		"text",
		"post",
		"parent",
		"notify",
		"intent",
		"key",
		"rendered_at",
		"remember",
		"comment",
	],
	...[
		"kind",
		"all",
		"id",
		"do",
		"reason",
		"back",
		"operation",
		"closed",
		"pinned",
		"sure",
		"policy",
		"blockedWords",
		"selection",
		"links",
	],
	...["value", "challengeToken", "credential", "to", "invitation", "role", "passkey"],
];
const queryNames = [
	...[
		"after",
		"before",
		"sort",
		"flash",
		"preview",
		"key",
		"quote",
		"done",
		"to",
		"invitation",
		"post",
		"state",
	],
	...["person", "q", "from", "p", "page_id", "feed", "utm_source"],
];
const headerNames = [
	...[
		"Accept",
		"Accept-Language",
		"Accept-Encoding",
		"User-Agent",
		"Referer",
		"Origin",
		"Sec-Fetch-Site",
		"Range",
	],
	...[
		"If-None-Match",
		"If-Modified-Since",
		"CF-Connecting-IP",
		"CF-Ray",
		"Cf-Access-Jwt-Assertion",
		"X-Forwarded-For",
	],
	...["X-Forwarded-Host", "X-Original-URL", "X-HTTP-Method-Override", "Content-Type", "Cookie"],
];

const some = (names: readonly string[]) =>
	fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8, noNullPrototype: true });
/** Characters allowed in a header value (RFC 9110, section 5.5). */
const headerValue = value.map((text) => text.replace(/[^\t\x20-\x7E\x80-\xFF]/g, "?").trim());
const cookieNames = ["author", "visitor", "session", "__Host-session"];

const request = fc.record({
	part: value,
	query: some(queryNames),
	fields: some(fieldNames),
	headers: fc.dictionary(fc.constantFrom(...headerNames), headerValue, { maxKeys: 4, noNullPrototype: true }),
	cookies: fc.dictionary(fc.constantFrom(...cookieNames), headerValue, { maxKeys: 2, noNullPrototype: true }),
	how: fc.constantFrom("form", "form", "form", "multipart", "raw"),
	member: fc.boolean(),
});

/** Internals that no response may contain: a stack, an SQL statement, a file path. */
const inside =
	/\bat \w+ \(|\.tsx?:\d+|SQLITE|D1_ERROR|(?:Type|Range|Syntax|Reference)Error|\[object Object\]/;

let blog: Blog;
let owner: { Cookie: string };
const signIn = async () => {
	owner = await signedIn(blog, "Owner", "owner");
};
const comment = () =>
	blog.post("/comments", { post: "2024-05-01-hello", name: "Ann", text: `Hello ${randomUUID()}` });
beforeAll(async () => {
	const site = "title: Cats\nurl: https://cats.example\nnotifications: { from: cats@cats.example }\n";
	blog = await startBlog({ files: { "site.yaml": site }, env: { DEVELOPMENT: "1" } });
	await signIn();
	await comment();
});
afterAll(() => blog.stop());

async function send(method: string, address: string, init: RequestInit): Promise<void> {
	const response = await fetch(blog.origin + address, { method, redirect: "manual", ...init });
	const body = await response.text();
	expect([address, response.status < 500], body.slice(0, 600)).toEqual([address, true]);
	if (response.headers.get("Content-Type")?.startsWith("text/html")) expect(body).not.toMatch(inside);
	expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
	for (const to of [response.headers.get("Location")]) {
		if (to !== null) expect(new URL(to, blog.origin).origin).toBe(blog.origin);
	}
}

/** Replaces a path parameter with a value, percent-encoded or, where that is valid, as it is. */
const filledIn = (path: string, part: string) =>
	path.replace(/:\w+|\*/g, () =>
		/^[\w.%-]+$/.test(part) && !/^\.+$/.test(part) ? part : encodeURIComponent(part.toWellFormed()),
	);

describe("any request to any route", () => {
	it.each(routeTable)(
		"is answered, and with nothing of the inside: $method $path",
		async ({ method, path }) => {
			await fc.assert(
				fc.asyncProperty(request, async ({ part, query, fields, headers, cookies, how, member }) => {
					const written = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
					const Cookie = [...(member ? [owner.Cookie] : []), ...written].join("; ");
					const body =
						method !== "POST"
							? null
							: how === "form"
								? new URLSearchParams(fields)
								: how === "multipart"
									? await multipart(fields)
									: Object.values(fields).join("&");
					// Half of them have the headers of a browser's own request.
					const address = `${filledIn(path, member ? "1" : part)}?${new URLSearchParams(query)}`;
					await send(method, address, {
						headers: {
							"X-Test-Now": String(testStart),
							"Sec-Fetch-Site": "same-origin",
							...(Cookie === "" ? {} : { Cookie }),
							...(body instanceof Blob ? { "Content-Type": body.type } : {}),
							...headers,
						},
						...(body === null ? {} : { body }),
					});
				}),
				{ numRuns: 8 },
			);
			if (method !== "POST") return;
			// A form may have ended the session, or erased every comment.
			await signIn();
			await comment();
		},
	);

	/** Sends the body in one piece: a server that rejects a form early closes the connection. */
	function multipart(fields: Readonly<Record<string, string>>): Promise<Blob> {
		const form = new FormData();
		for (const [name, text] of Object.entries(fields)) {
			if (text.length % 3 === 0) form.append(name, new Blob([text]), "file.txt");
			else form.append(name, text);
		}
		return new Response(form).blob();
	}
});

describe("a correctly signed token with invalid claims", () => {
	const claims = fc.oneof(
		fc.dictionary(
			fc.constantFrom(
				"may",
				"subscription",
				"subscriptions",
				"comment",
				"post",
				"action",
				"operation",
				"kind",
				"at",
				"exp",
				"jti",
				"commentId",
				"actor",
				"challenge",
				"subject",
				"name",
				"role",
				"path",
			),
			fc.oneof(almostValid, fc.jsonValue()),
			{ noNullPrototype: true },
		),
	);
	const signed = (purpose: string, body: Record<string, unknown>) =>
		new SignJWT(body)
			.setProtectedHeader({ alg: "HS256" })
			.sign(new TextEncoder().encode(`${purpose}:${testSecret}`));

	it("is rejected everywhere", async () => {
		const { Cookie } = owner;
		const purposes = (await tokenKinds()).map(({ purpose }) => purpose);
		await fc.assert(
			fc.asyncProperty(claims, fc.constantFrom(...purposes), async (body, purpose) => {
				const token = await signed(purpose, body);
				const stub = { jti: randomUUID(), exp: testStart / 1000 + 60 };
				const moderationToken = await signed("moderation", { ...body, ...stub });
				const ceremony = await signed("ceremony", { ...body, ...stub });
				const headers = { "X-Test-Now": String(testStart), "Sec-Fetch-Site": "same-origin" };
				for (const address of [
					`/2024/05/01/hello/?flash=${token}`,
					`/2024/05/01/hello/?preview=${token}`,
					`/comments/1/edit?key=${token}`,
					`/subscriptions/${token}/confirmation`,
					`/subscriptions/${token}/end`,
					`/moderation/${moderationToken}`,
				]) {
					await send("GET", address, { headers });
				}
				const form = new URLSearchParams({
					challengeToken: ceremony,
					credential: JSON.stringify({ id: "x", ...body }),
					key: token,
					rendered_at: token,
				});
				await send("POST", "/admin/session", { headers, body: form });
				await send("POST", "/admin/account/passkeys", { headers: { ...headers, Cookie }, body: form });
				await send("POST", "/comments/1/revisions", { headers, body: form });
			}),
			{ numRuns: 15 },
		);
	});
});
