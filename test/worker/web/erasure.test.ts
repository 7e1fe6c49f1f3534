import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expandDocument, fewestComments } from "../../../src/caching/cached-pages.ts";
import { feedExtensions } from "../../../src/posts/locations.ts";
import { signedIn, testStart } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
let blog: Blog;
let owner: { Cookie: string };
let author: { Cookie: string };
let visitor: string;
let key: string;

/**
 * Every text column of every table: those that hold a person's data, with the statement that puts a needle there (`?1` is the
 * visitor id), and those that hold none, with the reason. A column in neither makes the first test fail.
 */
const personal: Record<string, string> = {
	"comments.name": "UPDATE comments SET name = 'needle-comments.name' WHERE id = 1",
	"comments.email": "UPDATE comments SET email = 'needle-comments.email@mail.example' WHERE id = 1",
	"comments.website": "UPDATE comments SET website = 'https://needle-comments.website/' WHERE id = 1",
	"comments.visitor": "",
	"comments.source": "UPDATE comments SET source = 'needle-comments.source' WHERE id = 1",
	"comments.html": "UPDATE comments SET html = '<p>needle-comments.html</p>' WHERE id = 1",
	"comments.lang": "UPDATE comments SET lang = 'needle-comments.lang' WHERE id = 1",
	"comments.fingerprint": "UPDATE comments SET fingerprint = 'needle-comments.fingerprint' WHERE id = 1",
	"comments.form_key": "UPDATE comments SET form_key = 'needle-comments.form_key' WHERE id = 1",
	"comments.findings":
		"UPDATE comments SET findings = json_array(json_object('rule', 'needle-comments.findings')) WHERE id = 1",
	"comments.network": "UPDATE comments SET network = 'needle-comments.network' WHERE id = 1",
	"comments.content_hash": "UPDATE comments SET content_hash = 'needle-comments.content_hash' WHERE id = 1",
	"reactions.visitor": "",
	"reports.reason": `INSERT INTO reports (comment_id, network, reason, created_at) VALUES (1, 'n', 'needle-reports.reason', 1)`,
	"revisions.name": "UPDATE revisions SET name = 'needle-revisions.name'",
	"revisions.website": "UPDATE revisions SET website = 'needle-revisions.website'",
	"revisions.source": "UPDATE revisions SET source = 'needle-revisions.source'",
	"audit_log.before": `INSERT INTO audit_log (comment_id, actor, reason, created_at, kind, before)
		VALUES (1, 'Mika', '', 1, 'rechecked', '{"state":"held","findings":["needle-audit_log.before"]}')`,
	"audit_log.after": `INSERT INTO audit_log (comment_id, actor, reason, created_at, kind, after)
		VALUES (1, 'Mika', '', 1, 'rechecked', 'needle-audit_log.after')`,
	"local_mails.recipient": `INSERT INTO local_mails (key, recipient, subject, text, html, headers, created_at) VALUES ('mail',
		'needle-local_mails.recipient', 'needle-local_mails.subject', 'needle-local_mails.text', 'needle-local_mails.html',
		'{"To":"needle-local_mails.headers"}', 1)`,
	"local_mails.subject": "",
	"local_mails.text": "",
	"local_mails.html": "",
	"local_mails.headers": "",
	"blocks.value": `INSERT INTO blocks (kind, value, label, actor, reason, created_at, operation)
		VALUES ('email', 'needle-comments.email@mail.example', 'needle-blocks.label', 'Mika', '', 1, 'ban')`,
	"blocks.label": `INSERT INTO audit_log (actor, reason, created_at, kind, operation, after) VALUES ('Mika', '', 1, 'blocked', 'ban',
		'{"kind":"email","value":"needle-comments.email@mail.example","label":"needle-audit_log.after"}')`,
	"addresses.email": `INSERT INTO addresses (id, email) VALUES (1, 'needle-addresses.email-1'), (2, 'needle-addresses.email-2'),
		(3, 'needle-addresses.email-3'), (4, 'needle-addresses.email-4')`,
	"subscriptions.visitor": `INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at)
		VALUES (1, 'x', 0, ?1, 'active', 1, 1)`,
	"identities.name": `INSERT INTO identities (address_id, name, skeleton, folded_skeleton, visitor, created_at) VALUES
		(2, 'needle-identities.name', 'needle-identities.skeleton', 'needle-identities.folded_skeleton', ?1, 1)`,
	"identities.skeleton": "",
	"identities.folded_skeleton": "",
	"identities.visitor": "",
	"verifications.visitor": `INSERT INTO verifications (address_id, visitor, name, lang, created_at)
		VALUES (3, ?1, 'needle-verifications.name', 'en', 1)`,
	"verifications.name": "",
	"verifications.used_by": `INSERT INTO verifications (address_id, visitor, name, lang, created_at, used_at, used_by)
		VALUES (4, '', '', 'en', 1, 1, ?1)`,
};

/** The page of the thread as it was rendered, compressed, which has the needles that readers see. */
const cachedPage = "cached_pages.body";
personal[cachedPage] = "";

const enumerated = "one of a list that a CHECK or the code holds";
const ofPost = "the address of a post";
const ofMember = "about members, who are named with what they decide";
const random = "a random id, or made of ids";
const impersonal: Record<string, string> = {
	"threads.post_id": ofPost,
	"threads.tallies": "counts",
	"cached_pages.post_id": ofPost,
	"cached_pages.deployment": random,
	"cached_pages.etag": "a digest of a page that everybody can read",
	"comments.post_id": ofPost,
	"comments.moved_from": ofPost,
	"reactions.moved_from": ofPost,
	"subscriptions.moved_from": ofPost,
	"comments.path": "ids of comments",
	"comments.state": enumerated,
	"comments.tallies": "counts",
	"reactions.post_id": ofPost,
	"reactions.kind": enumerated,
	"write_counts.network": "a digest that retention makes meaningless within days, and of no known person",
	"reactions.network": "a digest of a visitor without a cookie, which retention clears within days",
	"write_counts.kind": enumerated,
	"revisions.actor": ofMember,
	"revisions.operation": random,
	"imported_comments.source": "the name of a system",
	"imported_comments.source_id": "the id of a comment, kept so that an import does not bring it back",
	"import_checkpoints.source": "the name of a system and blog",
	"import_checkpoints.kind": enumerated,
	"tombstones.source": "the name of a system",
	"tombstones.id": "the id of a comment, all that may be left of it",
	"audit_log.state": enumerated,
	"audit_log.actor": ofMember,
	"audit_log.reason": "written by members about a decision, never copied from a comment",
	"audit_log.operation": random,
	"audit_log.kind": enumerated,
	"audit_log.post_id": ofPost,
	"pending_purges.post_id": ofPost,
	"members.name": ofMember,
	"members.role": ofMember,
	"passkeys.id": ofMember,
	"passkeys.public_key": ofMember,
	"passkeys.transports": ofMember,
	"passkeys.device": ofMember,
	"sessions.token": ofMember,
	"sessions.previous_token": ofMember,
	"sessions.device": ofMember,
	"used_tokens.id": random,
	"reports.network": "a digest that retention makes meaningless within days, and of no known person",
	"comment_events.cause": enumerated,
	"reader_events.cause": enumerated,
	"notice_counts.post_id": ofPost,
	"outbox.key": random,
	"outbox.channel": enumerated,
	"outbox.event": enumerated,
	"outbox.state": enumerated,
	"outbox.lease": random,
	"outbox.message": random,
	"outbox.failure": "the status that a service answered with, never an address",
	"outbox.mailbox": "a keyed digest by which mails are limited, pruned with the row",
	"local_mails.key": random,
	"network_keys.secret": "a random key",
	"training_examples.label": enumerated,
	"training_examples.trained_label": enumerated,
	"link_targets.target": "counts of decisions by host, or by account on a shared host, of no known commenter",
	"classifier.weights": "sums over all comments",
	"settings.body": "written by the owner",
	"pauses.mode": enumerated,
	"metrics.length": enumerated,
	"warnings.kind": enumerated,
	"redirects.from_key": "an old address of a post, which an owner chose",
	"redirects.to_path": ofPost,
	"metrics.counts":
		"sums over all requests; searches and addresses among them are of no known person, and kept a week",
	"rechecks.operation": random,
	"rechecks.selection": enumerated,
	"rechecks.requested_by": ofMember,
	"rechecks.state": enumerated,
	"blocks.kind": enumerated,
	"blocks.actor": ofMember,
	"blocks.reason": "written by members about a decision",
	"blocks.operation": random,
	"subscriptions.post_id": ofPost,
	"subscriptions.state": enumerated,
	"verifications.lang": "the language of a page",
};

const rows = async (sql: string) => (await blog.db.prepare(sql).all<Record<string, unknown>>()).results;
const run = (sql: string) =>
	blog.db
		.prepare(sql)
		.bind(...(sql.includes("?1") ? [visitor] : []))
		.run();

/** Reads the names of all text columns from the schema. */
async function textColumns(): Promise<string[]> {
	const found = await rows(
		`SELECT t.name || '.' || c.name AS name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_cf\\_%' ESCAPE '\\'
			AND t.name <> 'd1_migrations' AND upper(c.type) IN ('TEXT', 'BLOB', '') ORDER BY 1`,
	);
	return found.map(({ name }) => String(name));
}

/** Finds the columns whose needles are still in a text. */
const needlesIn = (text: string) => [...text.matchAll(/needle-(\w+\.\w+)/g)].map(([, name]) => String(name));

/** Finds the needles that are still in the database, and the columns that have the visitor id. */
async function survivors(): Promise<string[]> {
	const found = new Set<string>();
	for (const column of await textColumns()) {
		const [table = "", name = ""] = column.split(".");
		for (const row of await rows(`SELECT CAST("${name}" AS TEXT) AS text FROM "${table}"`)) {
			const text =
				column === cachedPage && row.text !== null
					? new TextDecoder().decode(await expandDocument(String(row.text)))
					: String(row.text ?? "");
			if (needlesIn(text).length > 0 || text.includes(visitor)) found.add(column);
		}
	}
	return [...found].sort();
}

/** Finds needles in all that readers, the author and members can read; also fills the page cache of the isolate. */
async function needlesOnPages(): Promise<{ where: string; needle: string }[]> {
	const pages = [
		...[
			path,
			"/",
			...feedExtensions.flatMap((extension) =>
				["/comments", `${path}comments`, "/feed"].map((feed) => `${feed}.${extension}`),
			),
			`/api/v1/posts/${post}/comments`,
		].map((page) => [page, {}] as const),
		...[path, "/me", "/me/export", "/comments/1/edit"].map((page) => [page, author] as const),
		...["/admin/comments", "/admin/log", "/admin/comments/1", "/admin/commenters", "/admin/settings"].map(
			(page) => [page, owner] as const,
		),
	];
	const texts = await Promise.all(
		pages.map(async ([page, headers]) => [page, await (await blog.get(page, headers)).text()] as const),
	);
	return [...texts, ["the log", blog.log.join("\n")] as const].flatMap(([where, text]) =>
		[...new Set(needlesIn(text))].map((needle) => ({ where, needle })),
	);
}

beforeAll(async () => {
	blog = await startBlog();
	owner = await signedIn(blog, "Mika", "owner");
});
afterAll(() => blog.stop());

const tables = [
	"comments",
	"threads",
	"reactions",
	"reports",
	"revisions",
	"audit_log",
	"blocks",
	"local_mails",
	"outbox",
];
const ofReaders = ["subscriptions", "identities", "verifications", "addresses", "comment_events"];

beforeEach(async () => {
	blog.setClock(testStart);
	await emptyTables(blog.db, ...tables, ...ofReaders);
	const posted = await blog.post("/comments", { post, name: "Hanako", text: "needle-first.text" });
	author = { Cookie: posted.headers.get("Set-Cookie")?.split(";")[0] ?? "" };
	const landing = posted.headers.get("Location")?.split("#")[0] ?? "";
	key = /edit\?key=([\w.-]+)/.exec(await (await blog.get(landing, author)).text())?.[1] ?? "";
	await blog.post("/comments", { post, name: "Tom", text: "an answer", parent: "1" });
	await blog.post("/reactions", { post, kind: "like" }, author);
	await blog.post("/comments/1/revisions", { text: "needle-second.text" }, author);
	// As many comments as a thread has whose page is stored.
	await run(`WITH RECURSIVE n (id) AS (SELECT 11 UNION ALL SELECT id + 1 FROM n WHERE id < ${10 + fewestComments})
		INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
		SELECT id, '${post}', printf('%08x', id), 'published', 'Ken', 'v' || id, 'x', '<p>x</p>', 'f' || id, 1 FROM n`);
	const text = { name: "needle-third.name", website: "", text: "needle-third.text", seen: "1:2" };
	await blog.post("/admin/comments/1/text", text, owner);
	visitor = String((await rows("SELECT visitor FROM comments WHERE id = 1"))[0]?.visitor);
});

async function placeNeedles(): Promise<void> {
	for (const place of Object.values(personal).filter((place) => place !== "")) await run(place);
	await run("UPDATE outbox SET message = 'mail' WHERE comment_id = 1");
	await run(`INSERT INTO outbox (key, channel, event, comment_id, recipient, message, due_at, created_at)
		VALUES ('k', 'mail', 'receipt', 1, -1, 'mail', 1, 1)`);
	await blog.get(path, { "X-Test-Fresh": "1" });
	// Waits until the page is stored.
	await blog.usage();
}

/** Columns that erasing one comment does not reach: the visitor's other data. */
const ofVisitor = [
	"addresses.email",
	"audit_log.after",
	"blocks.label",
	"blocks.value",
	"comments.visitor",
	"identities.folded_skeleton",
	"identities.name",
	"identities.skeleton",
	"identities.visitor",
	"reactions.visitor",
	"subscriptions.visitor",
	"verifications.name",
	"verifications.used_by",
	"verifications.visitor",
];
/** A block stays when its subject erases themselves: blocked people could otherwise unblock themselves. */
const ofBlock = ["blocks.value"];
const words = ["comments.content_hash", "comments.html", "comments.lang", "comments.source"];
const signature = ["comments.name", "comments.website"];
const sure = { sure: "yes" };

/** Reactions and identities stay when rejected comments are purged, but the comments lose their visitor. */
const ofPurged = ofVisitor.filter((column) => column !== "comments.visitor");

const reject = () => blog.post("/admin/decisions", { do: "spam:1" }, owner);

/** Every way to erase: its request, and the columns that keep their needles. */
const ways: [name: string, erase: () => Promise<Response | null>, kept: string[]][] = [
	["one's comment, by cookie", () => blog.post("/comments/1/deletion", {}, author), ofVisitor],
	["one's comment, by link", () => blog.post("/comments/1/deletion", { key }), ofVisitor],
	[
		"one's comment that a member had deleted",
		async () => {
			await blog.post("/admin/decisions", { do: "deleted:1" }, owner);
			return blog.post("/comments/1/deletion", {}, author);
		},
		ofVisitor,
	],
	["everything at /me", () => blog.post("/me/erasure", {}, author), ofBlock],
	[
		"one's traces at /me",
		() => blog.post("/me/anonymization", {}, author),
		[...ofBlock, ...words, ...signature, cachedPage],
	],
	["a commenter's traces", () => blog.post(`/admin/commenters/${visitor}/anonymity`, sure, owner), words],
	["a commenter", () => blog.post(`/admin/commenters/${visitor}/erasure`, sure, owner), []],
	[
		"a rejected comment, by network",
		async () => {
			await reject();
			return blog.post(`/admin/commenters/${visitor}/purge`, sure, owner);
		},
		ofPurged,
	],
	[
		"a rejected comment, after its days",
		async () => {
			await reject();
			// Half past the hour, when rejected comments are purged.
			blog.setClock(testStart + 31 * 86_400_000 + 30 * 60_000);
			await blog.cron();
			return null;
		},
		ofPurged,
	],
];

describe("erasing", () => {
	it("has a decision about every text column of every table", async () => {
		expect(Object.keys({ ...personal, ...impersonal }).sort()).toEqual(await textColumns());
		expect(Object.keys(personal).filter((column) => column in impersonal)).toEqual([]);
	});

	it("finds every needle, and no words in the log, before anything is erased", async () => {
		const log = JSON.stringify(await rows("SELECT * FROM audit_log"));
		expect(log).toContain("edited");
		expect(needlesIn(log)).toEqual([]);
		await placeNeedles();
		expect(await survivors()).toEqual(Object.keys(personal).sort());
		const seen = (await needlesOnPages()).map(({ where, needle }) => `${where} ${needle}`);
		expect(seen).toEqual(
			expect.arrayContaining([
				`${path} comments.html`,
				"/comments.xml comments.name",
				"/me/export revisions.source",
				"/admin/comments/1 revisions.source",
				"/admin/settings blocks.label",
			]),
		);
	});

	it.each(ways)(
		"removes %s from tables, pages, feeds, exports, mails and the log",
		async (_, erase, kept) => {
			await placeNeedles();
			await needlesOnPages();
			expect((await erase())?.status ?? 303).toBe(303);
			expect(await survivors()).toEqual([...kept].sort());
			await blog.cron();
			// A kept block and its entry in the log name the address of the comment.
			const visible = [...kept, ...(kept.includes("blocks.value") ? ["comments.email"] : [])];
			expect((await needlesOnPages()).filter(({ needle }) => !visible.includes(needle))).toEqual([]);
			expect(await (await blog.get(path)).text()).toContain("an answer");
		},
	);

	it.each(ways.filter(([, , kept]) => !kept.includes("comments.source")))(
		"leaves a tombstone of %s that keeps an import or a backup from bringing it back",
		async (_, erase) => {
			await placeNeedles();
			await run("CREATE TABLE backup AS SELECT * FROM comments WHERE id = 1");
			await run("CREATE TABLE backup_revisions AS SELECT * FROM revisions");
			await erase();
			const before = await rows("SELECT * FROM comments ORDER BY id");
			for (const restore of [
				"INSERT OR REPLACE INTO comments SELECT * FROM backup",
				"UPDATE comments SET (name, email, source, html) = (SELECT name, email, source, html FROM backup) WHERE id = 1",
				"INSERT OR REPLACE INTO revisions SELECT * FROM backup_revisions",
			]) {
				await run(restore);
			}
			await blog.db.batch(
				["backup", "backup_revisions"].map((table) => blog.db.prepare(`DROP TABLE ${table}`)),
			);
			expect(await rows("SELECT * FROM comments ORDER BY id")).toEqual(before);
			expect(await rows("SELECT * FROM revisions")).toEqual([]);
			expect(await rows("SELECT source, id FROM tombstones")).toEqual([{ source: "edgecat", id: "1" }]);
			// The next comment is none of them.
			await blog.post("/comments", { post, name: "Ann", text: "a later one" });
			expect(await (await blog.get(path)).text()).toContain("a later one");
		},
	);
});
