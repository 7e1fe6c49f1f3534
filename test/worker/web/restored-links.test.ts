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
import { type Blog, startBlog, testSecret } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
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
type Use = (row: Row) => Promise<Response>;

const rowOf = async (table: string) =>
	(await blog.db.prepare(`SELECT id, created_at AS createdAt FROM ${table}`).first<Row>()) as Row;
const tokenOf = (kind: TokenKind<Claims>, claims: Record<string, unknown>) =>
	signToken(kind, claims, testSecret, { now: blog.now });
const flashOf = ({ id, createdAt }: Row) =>
	signFlash(
		{ post, comment: id, createdAt, action: "posted", kind: null, challenge: "proof_of_work" },
		testSecret,
		blog.now,
	);

/** Each way to use a token that names a row, by its purpose: the table, the use, and the statuses before and after. */
const uses: readonly [purpose: string, how: string, table: string, Use, accepted: number, refused: number][] =
	[
		[
			"edit",
			"read",
			"comments",
			async (row) => blog.get(await signedEditPath(row, testSecret, blog.now)),
			200,
			403,
		],
		[
			"edit",
			"edit",
			"comments",
			async (row) => post_(await signedEditPath(row, testSecret, blog.now), "revisions"),
			303,
			403,
		],
		[
			"edit",
			"delete",
			"comments",
			async (row) => post_(await signedEditPath(row, testSecret, blog.now), "deletion"),
			303,
			403,
		],
		["flash", "read", "comments", async (row) => blog.get(`${path}?flash=${await flashOf(row)}`), 200, 302],
		["moderation", "read", "comments", async (row) => blog.get(await moderation(row)), 200, 410],
		[
			"moderation",
			"decide",
			"comments",
			async (row) => blog.post(await moderation(row), { seen: `${row.id}:` }),
			200,
			410,
		],
		[
			"subscription-confirmation",
			"read",
			"subscriptions",
			async (row) => blog.get(await confirm(row)),
			200,
			410,
		],
		[
			"subscription-confirmation",
			"confirm",
			"subscriptions",
			async (row) => blog.post(await confirm(row), {}),
			200,
			410,
		],
		["verification", "read", "verifications", async (row) => blog.get(await verify(row)), 200, 410],
		[
			"verification",
			"confirm",
			"verifications",
			async (row) => blog.post(await verify(row), { name: "Ann" }),
			303,
			410,
		],
	];

/** Kinds that name no row by its id. */
const rowless: Record<string, string> = {
	ceremony: "names an invitation by a random id, a member by their name too",
	invitation: "names a person, and has a random id",
	preview: "names a post of the deployed content",
	"rendered-at": "names a time",
	"subscription-end": "see below: it answers alike whatever is left",
};

const confirm = async (subscription: Row) => linkPaths.confirm(await tokenOf(confirmToken, { subscription }));
const end = async (row: Row) => linkPaths.end(await tokenOf(unsubscribeToken, { subscriptions: [row] }));
const verify = async (verification: Row) =>
	linkPaths.verify(await tokenOf(verificationToken, { verification }));
const moderation = (comment: Row) =>
	moderationPath(
		{ comment, operation: "spam", actor: "Mika", id: randomUUID(), expiresAt: blog.now + 60_000 },
		testSecret,
	);
const post_ = (edit: string, change: string) => {
	const url = new URL(edit, blog.origin);
	const key = url.searchParams.get("key") ?? "";
	return blog.post(url.pathname.replace("edit", change), { key, text: "Changed" });
};
/** Everything a token may change; a page that is read counts no write. */
const stored = async () =>
	Promise.all(
		["comments", "subscriptions", "verifications", "identities"].map(
			async (table) => (await blog.db.prepare(`SELECT * FROM ${table}`).all()).results,
		),
	);

beforeEach(async () => {
	await emptyTables(
		blog.db,
		"comments",
		"subscriptions",
		"verifications",
		"identities",
		"outbox",
		"addresses",
	);
	await emptyTables(blog.db, "used_tokens", "write_counts", "audit_log");
	await blog.post("/comments", { post, name: "Ann", text: "Mine" });
	await blog.post("/subscriptions", { post, email: "ann@mail.example" });
	await blog.post("/verifications", { email: "ann@mail.example", name: "Ann" });
});

/** Puts another row in the place of a lost one, as happens after a restore: the same id, made at another time. */
const replaceRow = (table: string) => blog.db.exec(`UPDATE ${table} SET created_at = created_at + 1`);

describe("a token made for a row that was lost", () => {
	it("is tried here for every kind that names a row", async () => {
		const purposes = (await tokenKinds()).map(({ purpose }) => purpose).sort();
		const tried = [...new Set([...uses.map(([purpose]) => purpose), ...Object.keys(rowless)])].sort();
		expect(tried).toEqual(purposes);
	});

	it.each(uses)("%s: cannot %s another with its id", async (_, __, table, use, accepted, refused) => {
		const row = await rowOf(table);
		await replaceRow(table);
		const before = await stored();
		expect((await use(row)).status).toBe(refused);
		expect(await stored()).toEqual(before);
		expect((await use(await rowOf(table))).status).toBe(accepted);
	});

	it("subscription-end: ends no other with its id, whether it ends one or all of an address", async () => {
		const row = await rowOf("subscriptions");
		await replaceRow("subscriptions");
		for (const fields of [{}, { all: "1" }]) {
			expect((await blog.post(await end(row), fields)).status).toBe(200);
			expect(await rowOf("subscriptions")).not.toBeNull();
		}
		await blog.post(await end(await rowOf("subscriptions")), {});
		expect(await rowOf("subscriptions")).toBeNull();
	});

	it("flash: its proof of work publishes no other comment", async () => {
		const row = await rowOf("comments");
		const prove = async (named: Row) => {
			const flash = await flashOf(named);
			await blog.post(`/comments/${named.id}/proof`, { flash, nonce: (await findProof(flash)) ?? "" });
			return blog.db.prepare("SELECT state FROM comments").first("state");
		};
		await replaceRow("comments");
		expect(await prove(row)).toBe("held");
		expect(await prove(await rowOf("comments"))).toBe("published");
	});
});
