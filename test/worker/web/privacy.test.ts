import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { feedExtensions } from "../../../src/posts/locations.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { world } from "../../support/outside.ts";
import { mailsTo, type Person, personOn } from "../../support/person.ts";

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: { "site.yaml": "title: Cats\nprivacy:\n  network_days: 2\n  email_days: 30\n" },
	});
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock("2026-01-01T12:00:00Z");
	await emptyTables(blog.db, "comments", "threads", "network_keys", "pending_purges");
});

const address = "secret@example.com";
const comment = (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post(
		"/comments",
		{ post: "2024-05-01-hello", name: "Ann", email: address, text: "Hello", ...fields },
		{ "CF-Connecting-IP": "192.0.2.77", ...headers },
	);
type Row = { email: string | null; network: string | null };
const row = (id: number) =>
	blog.db.prepare("SELECT email, network FROM comments WHERE id = ?").bind(id).first<Row>();
const keys = async () =>
	(await blog.db.prepare("SELECT id FROM network_keys ORDER BY id").all()).results.length;

describe("personal data", () => {
	it("is deleted after its retention time, the key of the network first, and not before", async () => {
		await comment();
		blog.setClock("2026-01-03T11:59:00Z");
		await blog.cron();
		expect(await row(1)).toEqual({ email: address, network: expect.any(String) });
		expect(await keys()).toBe(1);
		blog.setClock("2026-01-03T12:01:00Z");
		await blog.cron();
		expect(await row(1)).toEqual({ email: address, network: null });
		expect(await keys()).toBe(0);
		blog.setClock("2026-02-01T12:00:00Z");
		await blog.cron();
		expect(await row(1)).toEqual({ email: null, network: null });
	});

	it("is deleted without invalidating a page", async () => {
		await comment();
		await blog.db.exec("DELETE FROM pending_purges");
		blog.setClock("2026-03-01T12:00:00Z");
		await blog.cron();
		expect(await row(1)).toEqual({ email: null, network: null });
		expect(await blog.db.prepare("SELECT count(*) AS n FROM pending_purges").first("n")).toBe(0);
	});

	it("is deleted in batches of limited size", async () => {
		await comment();
		await blog.db.exec(
			"INSERT INTO comments (id, post_id, path, state, name, email, visitor, source, html, fingerprint, network, created_at) WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i, 'p', printf('%08x', i), 'published', 'n', 'a@b.example', '', 's', 'h', i, 'x', 0 FROM n",
		);
		const left = () =>
			blog.db.prepare("SELECT count(*) AS n FROM comments WHERE email = 'a@b.example'").first("n");
		await blog.cron();
		expect(await left()).toBe(299);
		await blog.cron();
		await blog.cron();
		expect(await left()).toBe(0);
		expect((await row(1))?.email).toBe(address);
	});
});

describe("an e-mail address", () => {
	it("is on no public page, wherever links lead and whatever is posted", async () => {
		const posted = await comment({ text: "A comment with an address to hide" });
		await comment({ parent: "1", text: "A reply with one", name: "Bob" });
		const seen = new Set<string>();
		const waiting = [
			"/",
			posted.headers.get("Location") ?? "",
			"/comments/1/reply",
			"/comments/1/reply?quote",
			...feedExtensions.flatMap((extension) =>
				["/comments", "/2024/05/01/hello/comments", "/feed"].map((feed) => `${feed}.${extension}`),
			),
			"/api/v1/posts/2024-05-01-hello/comments",
			"/api/v1/posts/2024-05-01-hello",
			"/sitemap.xml",
			"/robots.txt",
			"/comments/1",
			"/comments/1/edit",
			"/nowhere",
		];
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			const path = next.split("#")[0] ?? "";
			if (seen.has(path) || !path.startsWith("/")) continue;
			seen.add(path);
			const response = await blog.get(path);
			const text = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
			expect(text, path).not.toContain(address);
			expect(text, path).not.toContain("192.0.2.77");
			const links = [...text.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, link]) => link ?? "");
			waiting.push(
				...links.map((link) => link.replaceAll("&amp;", "&").replace("http://localhost:8787", "")),
			);
		}
		expect(seen.size).toBeGreaterThan(25);
		expect([...seen].filter((path) => path.endsWith(".xml")).length).toBeGreaterThanOrEqual(3);
	});

	it("is only on a visitor's private pages with mail, verified names and subscriptions", async () => {
		const site = "title: Cats\ncomments: { max_depth: 2 }\n";
		const mailing = await startBlog({ files: { "site.yaml": site }, env: { DEVELOPMENT: "1" } });
		try {
			const post = "2024-05-01-hello";
			const [ann, bob] = [personOn(mailing), personOn(mailing)];
			const addresses = ["ann@secret.example", "bob@secret.example", "cid@secret.example"];
			const starts: string[] = [];
			const say = async (who: Person, name: string, email: string, fields: Record<string, string> = {}) => {
				const posted = await who.post("/comments", { post, name, email, text: `${name} says`, ...fields });
				starts.push(posted.headers.get("Location") ?? "");
			};
			await say(ann, "Ann", "ann@secret.example", { notify: "1" });
			await say(bob, "Bob", "Bob@Secret.example", { parent: "1" });
			const linksOf = async (address: string) =>
				[
					...(await mailsTo(mailing, address, 1))
						.map(({ text }) => text)
						.join("\n")
						.matchAll(/http:\S+/g),
				].map(([url]) => new URL(url).pathname + new URL(url).search);
			await mailing.post(
				(await linksOf(addresses[0] ?? "")).find((link) => link.endsWith("/confirmation")) ?? "",
				{},
			);
			for (const [who, email] of [
				[ann, "ann@secret.example"],
				[personOn(mailing), "cid@secret.example"],
			] as const) {
				starts.push((await who.post("/subscriptions", { post, email })).headers.get("Location") ?? "");
				starts.push((await who.post("/verifications", { email, name: "Ann" })).headers.get("Location") ?? "");
			}
			for (let i = 0; i < 4; i++) await mailing.cron();
			const own =
				(await linksOf("ann@secret.example")).find((link) => link.startsWith("/verifications/")) ?? "";
			expect((await ann.post(own, { name: "Ann" })).status).toBe(303);
			await say(personOn(mailing), "Ann", "cid@secret.example");
			await say(ann, "Ann", "ann@secret.example", { parent: "2" });
			for (let i = 0; i < 4; i++) await mailing.cron();
			// The links in one visitor's mails do not show another's address either.
			for (const address of addresses) starts.push(...(await linksOf(address)));

			const walk = async (who: Pick<Person, "get">, from: readonly string[], allowed: string | null) => {
				const seen = new Set<string>();
				const waiting = [
					...from,
					"/",
					"/comments.xml",
					"/feed.xml",
					"/me",
					"/me/export",
					"/comments/1",
					"/nowhere",
				];
				for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
					const path = (next.split("#")[0] ?? "").replace("http://localhost:8787", "");
					if (seen.has(path) || !path.startsWith("/") || path.startsWith("/admin/outbox")) continue;
					seen.add(path);
					const response = await who.get(path);
					const text = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
					const shown = addresses.filter((address) => text.toLowerCase().includes(address));
					const mine = path.startsWith("/me") ? allowed : null;
					// A link mailed to an address may show that address; nobody else has the link.
					const mailed = path.startsWith("/verifications/ey") ? "cid@secret.example" : null;
					expect(
						shown.filter((address) => address !== mine && address !== mailed),
						path,
					).toEqual([]);
					waiting.push(
						...[...text.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, link]) =>
							(link ?? "").replaceAll("&amp;", "&"),
						),
					);
				}
				return seen.size;
			};
			expect(await walk(personOn(mailing), starts, null)).toBeGreaterThan(40);
			expect(await walk(ann, starts, "ann@secret.example")).toBeGreaterThan(40);
			expect(await ann.read("/me")).toContain("ann@secret.example");
			expect(await bob.read("/me")).not.toContain("secret.example");
			expect(mailing.log.join("\n").toLowerCase()).not.toContain("secret.example");
		} finally {
			await mailing.stop();
		}
	}, 240_000);

	it("is not in what the Worker logs when mail cannot be sent", async () => {
		const net = world();
		net.refuseMails({ reason: "try later", text: "no such mailbox: ann@secret.example" });
		const failing = await startBlog({
			files: { "site.yaml": "title: Cats\nnotifications: { from: blog@cats.example }\n" },
			mail: net.receiveMail,
		});
		try {
			const ann = personOn(failing);
			await ann.post("/comments", {
				post: "2024-05-01-hello",
				name: "Ann",
				email: "ann@secret.example",
				text: "x",
			});
			await ann.post("/verifications", { email: "ann@secret.example", name: "Ann" });
			for (let i = 0; i < 12; i++) {
				failing.setClock(failing.now + 86_400_000);
				await failing.cron();
			}
			const failed = await failing.db
				.prepare("SELECT group_concat(failure) AS failure FROM outbox")
				.first("failure");
			expect(failed).toMatch(/500|SMTP 451/);
			expect(failed).not.toContain("secret.example");
			expect(failing.log.join("\n")).toContain("failed for good");
			expect(failing.log.join("\n")).not.toContain("secret.example");
		} finally {
			await failing.stop();
		}
	}, 240_000);

	it("is not in what the Worker logs when it fails", async () => {
		const broken = await startBlog({ migrated: false });
		try {
			const response = await broken.post("/comments", {
				post: "2024-05-01-hello",
				name: "Ann",
				email: address,
				text: "kept for me",
			});
			expect(response.status).toBe(503);
			const visitor = response.headers.get("Set-Cookie") ?? "";
			await broken.get("/me", { Cookie: visitor.split(";")[0] ?? "" });
			expect(broken.log.join("\n")).not.toContain("params:");
			expect(broken.log.join("\n")).toMatch(/no such table/);
			expect(broken.log.join("\n")).not.toContain(address);
			expect(broken.log.join("\n")).not.toContain("kept for me");
		} finally {
			await broken.stop();
		}
	});
});
