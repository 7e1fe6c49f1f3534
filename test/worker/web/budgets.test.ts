import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { invocationLimits } from "../../../src/budget.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import {
	cachedPageRows,
	defaultLimits,
	expiryRows,
	freePlan,
	monitoringRows,
	noticeRows,
	rowCostsOf,
	rowsOf,
	rowsWrittenADay,
} from "../../support/free-plan.ts";
import { htmlViolations } from "../../support/html-standard.ts";
import { type World, world } from "../../support/outside.ts";
import { scansOf } from "../../support/query-plans.ts";
import { routeTable } from "../../support/route-table.ts";
import { addDueNotices, everyChannel, fillTables, type Measurement, tourRoutes } from "../../support/tour.ts";

/** The SQL text of every statement made by `db/statement.ts`, which is the only place that makes them. */
const written = vi.hoisted(() => new Set<string>());
vi.mock("../../../src/db/statement.ts", async (original) => {
	const real = await original<typeof import("../../../src/db/statement.ts")>();
	return {
		...real,
		statement(text: string, parse?: never) {
			written.add(
				text.replace(/'(?:[^']|'')*'|:([a-z]\w*)/gi, (token, name) => (name === undefined ? token : "?")),
			);
			return real.statement(text, parse);
		},
	};
});

let blog: Blog;
let net: World;
let measured: Measurement[];
/** Pages by the names of their routes. */
const pages: { route: string; html: string }[] = [];

beforeAll(async () => {
	net = world();
	blog = await startBlog({
		files: everyChannel.files,
		env: everyChannel.env,
		outbound: net.outside,
	});
	await fillTables(blog);
	measured = await tourRoutes(blog, net, (route, html) => pages.push({ route, html }));
}, 180_000);
afterAll(() => blog.stop());

const sum = rowsOf;

describe("every route", () => {
	it("is measured", () => {
		const visited = new Set(measured.map(({ route }) => route));
		const missing = routeTable
			.map(({ method, path }) => `${method} ${path}`)
			.filter((name) => !visited.has(name));
		expect(missing).toEqual([]);
		// Statuses of failures in the table would hide what success costs.
		const failed = measured
			.filter(({ status }) => status >= 500)
			.map(({ route, status }) => `${route}: ${status}`);
		expect(failed).toEqual([]);
	});

	it("stays, with the work after its response, within the statements and subrequests of one invocation", () => {
		const over = measured.filter(
			({ usage }) =>
				usage.statements.length > invocationLimits.statements ||
				usage.subrequests > invocationLimits.subrequests,
		);
		expect(
			over.map(({ route, usage }) => `${route}: ${usage.statements.length}, ${usage.subrequests}`),
		).toEqual([]);
	});

	it("reads few rows of 6,000 comments and 3,000 rows of every other table", () => {
		const most = (route: string) => {
			if (route === "POST /admin/settings") return 20_000; // the dry run, with the history of each commenter
			if (route === "POST /admin/orphans") return 20_000; // all comments of a post, and all that are not public
			return route.includes("/admin") ? 8000 : route === "cron" ? 12_000 : 1500;
		};
		const over = measured.filter((used) => sum(used, "rowsRead") > most(used.route));
		expect(over.map((used) => `${used.route}: ${sum(used, "rowsRead")}`)).toEqual([]);
	});
});

describe("the free plan's day", () => {
	it("carries what the README says", () => {
		const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8").replace(/\s+/g, " ");
		const costs = rowCostsOf(measured);
		const stated = (what: string) =>
			Number(new RegExp(`([\\d,]+) ${what}`).exec(readme)?.[1]?.replaceAll(",", ""));
		for (const [what, rows, plan] of [
			["comments a day", costs.comment, freePlan.rowsWritten],
			["reactions a day", costs.reaction, freePlan.rowsWritten],
			["page views a day rendered from the database", costs.pageView, freePlan.rowsRead],
			["page views a day in all", 1, freePlan.requests],
		] as const) {
			expect(stated(what) * rows, what).toBeLessThanOrEqual(plan);
			expect(stated(what) * rows, what).toBeGreaterThanOrEqual(plan / 2);
		}
	});

	it("is not used up by visitors within the default limits, and at most a third of it by one network", () => {
		const written = rowsWrittenADay(rowCostsOf(measured), defaultLimits());
		expect(written.network).toBeLessThanOrEqual(freePlan.rowsWritten / 3);
		expect(written.site + monitoringRows + cachedPageRows).toBeLessThanOrEqual(freePlan.rowsWritten);
	});

	it("bears what expires later", async () => {
		const written = async (...statements: string[]) =>
			(await blog.db.batch(statements.map((sql) => blog.db.prepare(sql)))).reduce(
				(total, { meta }) => total + meta.rows_written,
				0,
			);
		const found = await blog.db
			.prepare(
				`SELECT o.comment_id AS id FROM outbox AS o JOIN comments AS c ON c.id = o.comment_id
				WHERE o.recipient = 0 AND o.state = 'sent' AND c.source <> '' AND o.key NOT LIKE 'old %'
				GROUP BY c.id ORDER BY count(*) DESC LIMIT 1`,
			)
			.first<{ id: number }>();
		const id = found?.id ?? 0;
		await blog.db.exec(`UPDATE comments SET email = 'x@mail.example', network = 'x' WHERE id = ${id}`);
		const comment = await written(
			`UPDATE comments SET network = NULL WHERE id = ${id}`,
			`UPDATE comments SET email = NULL WHERE id = ${id}`,
			"DELETE FROM used_tokens WHERE id = 'used 1'",
			`DELETE FROM outbox WHERE comment_id = ${id}`,
		);
		expect(comment).toBeLessThanOrEqual(expiryRows.comment);
		const mail = await written(
			"DELETE FROM verifications WHERE id = (SELECT max(id) FROM verifications)",
			"DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox WHERE event = 'verification')",
		);
		expect(mail).toBeLessThanOrEqual(expiryRows.mail);
		await blog.db.exec("INSERT INTO reports (comment_id, reason, created_at) VALUES (1, '', 0)");
		const report = await written("DELETE FROM reports WHERE id = (SELECT max(id) FROM reports)");
		expect(report).toBeLessThanOrEqual(expiryRows.report);
		expect(Math.min(comment, mail, report)).toBeGreaterThan(0);
	});
});

describe("a comment on a thread of three thousand subscribers", () => {
	it("writes few rows for each notice, from the event to the deletion, and each run few in all", async () => {
		await blog.db.exec("DELETE FROM outbox WHERE settled_at IS NULL");
		await blog.db
			.prepare(
				`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
				VALUES (200000, '2024-05-03-closed', printf('%08x', 200000), 'published', 'Eve', 'e', 'x', 'x', 'e', ?)`,
			)
			.bind(blog.now)
			.run();
		await blog.db.exec("UPDATE pending_purges SET scope = 0");
		// The owner's notices are counted with the comment.
		await blog.db.exec("DELETE FROM comment_events");
		await blog.db
			.prepare(
				"INSERT INTO reader_events (comment_id, cause, due_at, created_at) VALUES (200000, 'added', ?1, ?1)",
			)
			.bind(blog.now)
			.run();
		net.requests.length = 0;
		await blog.usage();
		await blog.cron();
		const { statements } = await blog.usage();
		const written = (pattern: RegExp, among = statements) =>
			among.filter(({ sql }) => pattern.test(sql)).reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
		const made = await blog.db
			.prepare("SELECT count(*) FROM outbox WHERE comment_id = 200000")
			.first<number>("count(*)");
		const making = written(/reader_events|notice_counts/) / (made ?? 0);
		// A run whose budget the notices used up while they were made leaves the sending to the next.
		await blog.cron();
		const next = (await blog.usage()).statements;
		const sending = written(/UPDATE outbox/, [...statements, ...next]) / net.requests.length;
		const { meta } = await blog.db
			.prepare("DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox WHERE state = 'sent')")
			.run();
		expect(made).toBeGreaterThan(100);
		expect(made).toBeLessThan(200);
		expect(making + sending + meta.rows_written).toBeLessThanOrEqual(noticeRows);
		expect(making + sending + meta.rows_written).toBeGreaterThan(noticeRows - 2);
		expect(statements.reduce((sum, { rowsRead }) => sum + rowsRead, 0)).toBeLessThan(5000);
		expect(statements.length).toBeLessThanOrEqual(invocationLimits.statements);
	});
});

describe("a POST that changes nothing", () => {
	const post = "2024-05-01-hello";
	it.each<[string, string, Record<string, string>]>([
		["a preview", "/comments", { post, name: "Ann", text: "Words.", intent: "preview" }],
		["a comment without text", "/comments", { post, name: "Ann", text: "" }],
		["a comment on no post", "/comments", { post: "none", name: "Ann", text: "Words." }],
		["a removal of no reaction", "/reactions/removals", { post, kind: "like" }],
		["a reaction of no kind", "/reactions", { post, kind: "none" }],
		["a subscription without an address", "/subscriptions", { post, email: "" }],
		["a verification without an address", "/verifications", { email: "", name: "Ann" }],
		["a token that is none", "/subscriptions/none/confirmation", {}],
		["a proof for no comment", "/comments/999999/proof", { flash: "none", nonce: "1" }],
		["an edit of another's comment", "/comments/1/revisions", { text: "Words." }],
		["a deletion of another's comment", "/comments/1/deletion", {}],
		["a name for nobody", "/me/name", { name: "Ann" }],
		["an erasure of nothing", "/me/erasure", {}],
		["signing out", "/me/session/end", {}],
		["an invalid sign-in", "/admin/session", { challengeToken: "x", credential: "{}" }],
		["an act without a session", "/admin/decisions", { do: "spam", id: "1" }],
	])("reads what it needs, purges nothing and notifies nobody: %s", async (_, address, fields) => {
		blog.setClock(blog.now + 60_000);
		await blog.db.exec("UPDATE pending_purges SET scope = 7, purged_at = NULL");
		await blog.usage();
		const { status } = await blog.post(address, fields);
		const usage = await blog.usage();
		expect(status).toBeLessThan(500);
		expect(usage.subrequests).toBe(0);
		const beyond = /\b(?:pending_purges|purge_budget|comment_events|outbox)\b/;
		expect(usage.statements.filter(({ sql }) => beyond.test(sql))).toEqual([]);
		expect(rowsOf({ usage }, "rowsWritten")).toBe(0);
	});
});

/**
 * The scans that are bounded, with the reason. A statement may scan a table that grows only with a plan line and a fragment
 * of its text that are listed here.
 */
const boundedScans: readonly { scan: string; fragment: string; because: string }[] = [
	...[
		["SCAN comments", "(SELECT id FROM comments ORDER BY id DESC LIMIT 1)", "reads the last row"],
		["SCAN comments", "FROM comments ORDER BY id DESC LIMIT 5000", "at most 5,000 at the start of a recheck"],
		["SCAN comments", 'order by "comments"."id" desc limit', "by primary key, a page or a bounded search"],
		["SCAN comments", "(SELECT pinned_id FROM threads", "a condition that is false: nothing is pinned"],
		["SCAN comments USING INDEX comments_published", "limit ?", "in the index's order"],
		["SCAN comments USING COVERING INDEX comments_waiting", "limit ?", "counts at most a thousand"],
		["SCAN comment_events", "ORDER BY id LIMIT", "skips only comments of the last two minutes"],
		[
			"SCAN reports USING INDEX reports_open",
			"comment_id FROM reports WHERE dismissed_at IS NULL",
			"a month's, a hundred a day",
		],
		["SCAN pending_purges USING INDEX pending_purges_due", "limit ?", "in the index's order"],
		["SCAN training_examples USING INDEX training_examples_due", "limit ?", "only those that wait"],
		["SCAN outbox USING INDEX outbox_failed", "limit ?", "only failed ones"],
		["SCAN outbox", 'delete from "local_mails"', "not evaluated without mails, and those are local"],
		["SCAN audit_log", 'order by "audit_log"."id" desc limit ?', "by primary key, one page"],
		["SCAN audit_log USING INDEX audit_log_blocks", "'unblocked'", "as many as blocks that members made"],
		["SCAN blocks", 'order by "blocks"."id" desc', "the page lists them; members made them"],
		[
			"SCAN redirects",
			'order by "redirects"."created_at" desc limit ?',
			"as many as owners made in the admin",
		],
		["SCAN warnings USING INDEX sqlite_autoindex_warnings_1", 'from "warnings"', "one row for each kind"],
		["SCAN verifications", "used_", "rows live for half an hour, and mails are limited"],
	].map(([scan = "", fragment = "", because = ""]) => ({ scan, fragment, because })),
];

describe("every statement", () => {
	it("scans no table that grows, but where a reason is given", async () => {
		const folder = new URL("../../../src/db/", import.meta.url).pathname;
		await Promise.all(
			readdirSync(folder)
				.filter((name) => name.endsWith(".ts"))
				.map((name) => import(`../../../src/db/${name.replace(".ts", "")}.ts`)),
		);
		expect(written.size).toBeGreaterThan(40);
		const { results } = await blog.db
			.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
			.all<{ name: string }>();
		const tables = new Set(results.map(({ name }) => name));
		const ran = new Set(measured.flatMap(({ usage }) => usage.statements.map(({ sql }) => sql)));
		const found: string[] = [];
		for (const sql of new Set([...written, ...ran])) {
			for (const scan of await scansOf(blog.db, sql, tables)) {
				const listed = boundedScans.some((known) => known.scan === scan && sql.includes(known.fragment));
				if (!listed) found.push(`${scan}: ${sql.replace(/\s+/g, " ")}`);
			}
		}
		expect(found).toEqual([]);
		const used = new Set(boundedScans.map(({ fragment }) => fragment));
		for (const sql of ran) for (const fragment of used) if (sql.includes(fragment)) used.delete(fragment);
		expect([...used]).toEqual([]);
	});
});

describe("a cron run with every channel", () => {
	const cron = async () => {
		await blog.usage();
		await blog.cron();
		return { route: "cron", status: 200, usage: await blog.usage() };
	};
	const due = async () =>
		(
			await blog.db
				.prepare("SELECT count(*) AS n FROM outbox WHERE settled_at IS NULL")
				.first<{ n: number }>()
		)?.n ?? 0;

	it("reads next to nothing when nothing is to do", async () => {
		await blog.db.exec("DELETE FROM outbox WHERE settled_at IS NULL");
		await blog.db.exec("DELETE FROM comment_events");
		await blog.db.exec("DELETE FROM reader_events");
		await blog.db.exec("UPDATE training_examples SET trained_label = label");
		blog.setClock(blog.now + 3_600_000);
		await cron();
		const idle = await cron();
		expect(sum(idle, "rowsRead")).toBeLessThan(50);
		// The counts of the minute; the first time in three hours with an entry of an index.
		expect(sum(idle, "rowsWritten")).toBeLessThanOrEqual(2);
		expect(idle.usage.statements.length).toBeLessThan(20);
	});

	it("sends what fits of a thousand due notices, each once, beside all other jobs, and leaves the rest for the next minute", async () => {
		await addDueNotices(blog);
		net.requests.length = 0;
		const all = await due();
		const runs: Measurement[] = [];
		for (let minute = 0; minute < 6; minute++) {
			runs.push(await cron());
			blog.setClock(blog.now + 60_000);
		}
		const sent = net.requests.length;
		expect(all).toBeGreaterThan(990);
		expect(sent).toBe(all - (await due()));
		expect(sent).toBeGreaterThan(6 * 10);
		const most = (of: (used: Measurement) => number) => Math.max(...runs.map(of));
		expect(most(({ usage }) => usage.statements.length)).toBeLessThanOrEqual(50);
		expect(most(({ usage }) => usage.subrequests)).toBeLessThanOrEqual(50);
		expect(most((used) => sum(used, "rowsRead"))).toBeLessThan(5000);
		// A notice is written four times, with its index entries: when it is made, leased, marked and sent.
		expect(most((used) => sum(used, "rowsWritten")) / (sent / runs.length)).toBeLessThan(30);
	}, 60_000);
});

// The last of the file: it takes long without a pause, in which connections to the blog end.
describe("every page", () => {
	it("is valid by the HTML standard", async () => {
		expect(pages.length).toBeGreaterThan(60);
		const found: string[] = [];
		for (const { route, html } of pages)
			found.push(...(await htmlViolations(html)).map((violation) => `${route}: ${violation}`));
		expect(found).toEqual([]);
	}, 60_000);
});
