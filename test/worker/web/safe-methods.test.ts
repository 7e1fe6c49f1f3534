import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { signedEditPath } from "../../../src/comments/edit-link.ts";
import { signFlash } from "../../../src/comments/form-tokens.ts";
import { findProof } from "../../../src/comments/proof-of-work.ts";
import { moderationPath } from "../../../src/moderation/moderation-links.ts";
import {
	confirmToken,
	linkPaths,
	unsubscribeToken,
	verificationToken,
} from "../../../src/notifications/links.ts";
import { type Claims, signToken, type TokenKind } from "../../../src/tokens/token.ts";
import { ceremonyOf, invitation, testStart } from "../../support/admin.ts";
import { softAuthenticator } from "../../support/authenticator.ts";
import { type Blog, startBlog, testSecret } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { routeTable } from "../../support/route-table.ts";
import { tokenKinds } from "../../support/token-kinds.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const blog: Blog = await startBlog({
	files: {
		"site.yaml": "title: Cats\ncomments: { proof_limit: 0 }\nnotifications: { from: cats@cats.example }\n",
	},
	env: { DEVELOPMENT: "1" },
});
afterAll(() => blog.stop());

type Row = { id: number; createdAt: number };
type Fields = Record<string, string>;
/** A link or form of a token: the page that shows it, the address it is posted to, and the fields. */
type Use = { page: string; action: string; fields: Fields };

const rowOf = async (table: string) =>
	(await blog.db.prepare(`SELECT id, created_at AS createdAt FROM ${table}`).first<Row>()) as Row;
const tokenOf = (kind: TokenKind<Claims>, claims: Record<string, unknown>) =>
	signToken(kind, claims, testSecret, { now: blog.now });
const onOnePage = (page: string, fields: Fields = {}): Use => ({ page, action: page, fields });

async function edit(change: string): Promise<Use> {
	const page = await signedEditPath(await rowOf("comments"), testSecret, blog.now);
	const key = new URL(page, blog.origin).searchParams.get("key") ?? "";
	return { page, action: `/comments/1/${change}`, fields: { key, text: "Changed" } };
}

async function form(): Promise<Use> {
	const page = "/comments/1/reply";
	const html = await (await blog.get(page)).text();
	const valueIn = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? "";
	const fields = { key: valueIn("key"), rendered_at: valueIn("rendered_at") };
	return {
		page,
		action: "/comments",
		fields: { post, parent: "1", name: "Tom", text: "A reply", ...fields },
	};
}

async function enrolment(): Promise<Use> {
	const token = await invitation("Mika", "owner");
	const page = `/admin/enrolment?invitation=${token}`;
	const { options, challengeToken } = await ceremonyOf(await blog.get(page));
	const credential = softAuthenticator().enrol(options, blog.origin);
	return { page, action: "/admin/enrolment", fields: { invitation: token, challengeToken, credential } };
}

async function proof(): Promise<Use> {
	const { id, createdAt } = await rowOf("comments");
	const challenge = { post, comment: id, createdAt, action: "posted", kind: null } as const;
	const flash = await signFlash({ ...challenge, challenge: "proof_of_work" }, testSecret, blog.now);
	const nonce = (await findProof(flash)) ?? "";
	return { page: `${path}?flash=${flash}`, action: `/comments/${id}/proof`, fields: { flash, nonce } };
}

const moderate = async () =>
	onOnePage(
		await moderationPath(
			{
				comment: await rowOf("comments"),
				operation: "spam",
				actor: "Mika",
				id: randomUUID(),
				expiresAt: blog.now + 60_000,
			},
			testSecret,
		),
		{ seen: "1:" },
	);

/** Every link and form that can be used up, by the purposes of its tokens. */
const uses: readonly [purposes: string, make: () => Promise<Use>][] = [
	["edit", () => edit("revisions")],
	["edit", () => edit("deletion")],
	["flash", proof],
	["invitation, ceremony", enrolment],
	["moderation", moderate],
	["rendered-at", form],
	[
		"subscription-confirmation",
		async () =>
			onOnePage(
				linkPaths.confirm(await tokenOf(confirmToken, { subscription: await rowOf("subscriptions") })),
			),
	],
	[
		"subscription-end",
		async () =>
			onOnePage(
				linkPaths.end(await tokenOf(unsubscribeToken, { subscriptions: [await rowOf("subscriptions")] })),
			),
	],
	[
		"verification",
		async () =>
			onOnePage(
				linkPaths.verify(await tokenOf(verificationToken, { verification: await rowOf("verifications") })),
				{ name: "Ann" },
			),
	],
];

/** Kinds of which nothing is posted. */
const readOnly = ["preview"];

/** Everything that is stored. */
async function stored(): Promise<Record<string, unknown>> {
	const { results } = await blog.db
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
		.all<{ name: string }>();
	const tables = await blog.db.batch(results.map(({ name }) => blog.db.prepare(`SELECT * FROM "${name}"`)));
	return Object.fromEntries(results.map(({ name }, at) => [name, tables[at]?.results]));
}

beforeEach(async () => {
	blog.setClock(testStart);
	await emptyTables(
		blog.db,
		"comments",
		"subscriptions",
		"verifications",
		"identities",
		"outbox",
		"addresses",
	);
	await emptyTables(
		blog.db,
		"used_tokens",
		"write_counts",
		"audit_log",
		"comment_events",
		"members",
		"passkeys",
		"sessions",
	);
	await blog.post("/comments", { post, name: "Ann", text: "Mine" });
	await blog.post("/subscriptions", { post, email: "ann@mail.example" });
	await blog.post("/verifications", { email: "ann@mail.example", name: "Ann" });
});

describe("HEAD and GET", () => {
	it("are tried here with every kind of token, and every route that has one in its path", async () => {
		const purposes = (await tokenKinds()).map(({ purpose }) => purpose).sort();
		const tried = [...new Set(uses.flatMap(([names]) => names.split(", "))), ...readOnly].sort();
		expect(tried).toEqual(purposes);
		const made = await Promise.all(uses.map(async ([, make]) => (await make()).action.split("?")[0] ?? ""));
		const untried = routeTable
			.filter(({ method, path }) => method === "POST" && path.includes(":token"))
			.filter(
				(route) =>
					!made.some((action) => new RegExp(`^${route.path.replace(":token", "[^/]+")}$`).test(action)),
			);
		expect(untried).toEqual([]);
	});

	it.each(uses)("spend nothing of a link or form, which still works afterwards: %s", async (_, make) => {
		if (make === form) await blog.db.exec("UPDATE comments SET state = 'published', findings = NULL");
		if (make === moderate) await blog.db.exec("UPDATE comments SET state = 'held'");
		const { page, action, fields } = await make();
		const before = await stored();
		const query = new URLSearchParams(fields).toString();
		const addresses = [page, `${action}${action.includes("?") ? "&" : "?"}${query}`];
		for (const method of ["HEAD", "GET"]) {
			for (const address of addresses) {
				const headers = { "X-Test-Now": String(blog.now), "Sec-Fetch-Site": "same-origin" };
				const answer = await fetch(blog.origin + address, { method, redirect: "manual", headers });
				expect(answer.status, `${method} ${address}`).toBeLessThan(address === page ? 400 : 500);
			}
			await blog.usage();
			// A page that was read has shown its edit link once.
			if (method === "GET") await blog.db.exec("DELETE FROM used_tokens WHERE id LIKE 'edit-link:%'");
			expect(await stored(), method).toEqual(before);
		}
		expect((await blog.post(action, fields)).status).toBeLessThan(400);
		expect(await stored()).not.toEqual(before);
	});
});
