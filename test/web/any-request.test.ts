import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { sign } from "hono/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signTicket } from "../../src/members/ticket.ts";
import { anything, nearly } from "../support/anything.ts";
import { type Blog, startBlog, testSecret } from "../support/blog.ts";
import { signedIn, testStart } from "../support/desk.ts";
import { routeTable } from "../support/route-table.ts";

const value = fc.oneof({ weight: 2, arbitrary: nearly }, anything);

/** Every field and parameter that some route reads, so that each is met by what does not belong into it. */
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
		"drawn",
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
		"act",
		"closed",
		"pinned",
		"sure",
		"policy",
		"words",
		"links",
	],
	...["value", "ticket", "credential", "to", "invitation", "role", "passkey"],
];
const queryNames = [
	...[
		"after",
		"before",
		"sort",
		"fresh",
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
/** What may stand in a header at all (RFC 9110, section 5.5). */
const headerValue = value.map((text) => text.replace(/[^\t\x20-\x7E\x80-\xFF]/g, "?").trim());
const cookieNames = ["who", "visitor", "session", "__Host-session"];

const request = fc.record({
	part: value,
	query: some(queryNames),
	fields: some(fieldNames),
	headers: fc.dictionary(fc.constantFrom(...headerNames), headerValue, { maxKeys: 4, noNullPrototype: true }),
	cookies: fc.dictionary(fc.constantFrom(...cookieNames), headerValue, { maxKeys: 2, noNullPrototype: true }),
	how: fc.constantFrom("form", "form", "form", "multipart", "raw"),
	member: fc.boolean(),
});

/** What no answer may show: a stack, a statement, a path of ours. */
const inside =
	/\bat \w+ \(|\.tsx?:\d+|SQLITE|D1_ERROR|(?:Type|Range|Syntax|Reference)Error|\[object Object\]/;

let blog: Blog;
beforeAll(async () => {
	const site = "title: Cats\nurl: https://cats.example\nnotifications: { from: cats@cats.example }\n";
	blog = await startBlog({ files: { "site.yaml": site }, env: { DEVELOPMENT: "1" } });
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

/** Puts a value where the path has a parameter, as a browser would write it or, where it can stand there, as it is. */
const filledIn = (path: string, part: string) =>
	path.replace(/:\w+|\*/g, () =>
		/^[\w.%-]+$/.test(part) && !/^\.+$/.test(part) ? part : encodeURIComponent(part.toWellFormed()),
	);

describe("any request to any route", () => {
	it.each(routeTable)(
		"is answered, and with nothing of the inside: $method $path",
		async ({ method, path }) => {
			await blog.post("/comments", { post: "2024-05-01-hello", name: "Ann", text: `Hello ${randomUUID()}` });
			const owner = await signedIn(blog, "Owner", "owner");
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
					// Half of them come as far as a reader's own request would.
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
		},
	);

	/** In one piece: whoever refuses a form at its first words hangs up on the rest. */
	function multipart(fields: Readonly<Record<string, string>>): Promise<Blob> {
		const form = new FormData();
		for (const [name, text] of Object.entries(fields)) {
			if (text.length % 3 === 0) form.append(name, new Blob([text]), "file.txt");
			else form.append(name, text);
		}
		return new Response(form).blob();
	}
});

describe("a token that is ours and says what none of ours says", () => {
	const claims = fc.oneof(
		fc.dictionary(
			fc.constantFrom(
				"may",
				"subscription",
				"subscriptions",
				"comment",
				"post",
				"act",
				"kind",
				"at",
				"exp",
				"jti",
				"commentId",
				"madeBy",
				"challenge",
				"subject",
				"name",
				"role",
				"path",
			),
			fc.oneof(nearly, fc.jsonValue()),
			{ noNullPrototype: true },
		),
	);
	const purposes = ["mail", "fresh", "own", "drawn", "preview"];

	it("is no token, wherever it is shown", async () => {
		const { Cookie } = await signedIn(blog, "Owner", "owner");
		await fc.assert(
			fc.asyncProperty(claims, fc.constantFrom(...purposes), async (body, purpose) => {
				const token = await sign(body as Record<string, unknown>, `${purpose}:${testSecret}`, "HS256");
				const stub = { id: randomUUID(), expiresAt: testStart + 60_000 };
				const ticket = await signTicket("moderation", body, stub, testSecret);
				const ceremony = await signTicket("ceremony", body, stub, testSecret);
				const headers = { "X-Test-Now": String(testStart), "Sec-Fetch-Site": "same-origin" };
				for (const address of [
					`/2024/05/01/hello/?fresh=${token}`,
					`/2024/05/01/hello/?preview=${token}`,
					`/comments/1/edit?key=${token}`,
					`/subscriptions/${token}/confirmation`,
					`/subscriptions/${token}/end`,
					`/moderation/${ticket}`,
				]) {
					await send("GET", address, { headers });
				}
				const form = new URLSearchParams({
					ticket: ceremony,
					credential: JSON.stringify({ id: "x", ...body }),
					key: token,
					drawn: token,
				});
				await send("POST", "/admin/session", { headers, body: form });
				await send("POST", "/admin/account/passkeys", { headers: { ...headers, Cookie }, body: form });
				await send("POST", "/comments/1/revisions", { headers, body: form });
			}),
			{ numRuns: 15 },
		);
	});
});
