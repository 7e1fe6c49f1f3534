import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moderationPath } from "../../src/moderation/moderation-links.ts";
import { signedIn } from "../support/admin.ts";
import { type Blog, startBlog, testSecret } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { comeToComments } from "../support/scroll.ts";
import { payloads, websites } from "./hostile/payloads.ts";
import { foreignParts, setTripwire, type Tripwire } from "./hostile/tripwire.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const site =
	"title: Cats\ncomments: { flood_limit: 100000, proof_limit: 100000 }\nlimits: { comments_per_day: 100000, mails_per_day: 100000, notices_per_day: 100000 }\nnotifications: { from: cats@cats.example }\n";

/** A hundred pages take minutes on a busy machine. */
const timeout = 300_000;

/** The texts of the comments, of three payloads each: rendered, none of them reaches into the next. */
const texts = Array.from({ length: Math.ceil(payloads.length / 3) }, (_, at) =>
	payloads.slice(3 * at, 3 * at + 3).join("\n\n"),
);

/** Some payloads in one line, from one of the payloads on. */
const line = (at: number, count: number, length: number) =>
	Array.from({ length: count }, (_, more) => payloads[(at + more) % payloads.length])
		.join(" ")
		.slice(0, length);

describe.runIf(chromiumPath !== null)(
	"hostile input, with the Content Security Policy bypassed",
	{ timeout },
	() => {
		let blog: Blog;
		let browser: Browser;
		let context: BrowserContext;
		let page: Page;
		let wire: Tripwire;
		let visitor = "";
		let viewed = 0;

		beforeAll(async () => {
			blog = await startBlog({ files: { "site.yaml": site }, env: { DEVELOPMENT: "1" } });
			browser = await launchChromium();
			context = await browser.newContext({ bypassCSP: true });
			wire = await setTripwire(context, blog.origin);
			page = await context.newPage();
			// The tests do not depend on what is painted.
			await page.setViewportSize({ width: 360, height: 100 });
			const send = async (text: string, at: number) => {
				const name = at === 0 ? "Mallory" : (payloads[(7 * at) % payloads.length]?.slice(0, 80) ?? "");
				const sendAs = (fields: Record<string, string>) =>
					blog.post("/comments", { post, text, ...fields }, visitor === "" ? {} : { Cookie: visitor });
				let response = await sendAs({ name, website: websites[at] ?? "" });
				// Refused for its website (that page is viewed below), or for its name: sent again under a harmless one.
				if (response.status === 422) response = await sendAs({ name });
				if (response.status === 422) response = await sendAs({ name: "Mallory" });
				expect(response.status).toBe(303);
				visitor ||= response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
			};
			await send("<b>first</b>", 0);
			for (let from = 0; from < texts.length; from += 10) {
				await Promise.all(texts.slice(from, from + 10).map((text, at) => send(text, from + at)));
			}
			const owner = await signedIn(blog, "Owner", "owner");
			const cookies = [visitor, owner.Cookie].map((cookie) => cookie.split("="));
			await context.addCookies(
				cookies.map(([name = "", ...value]) => ({ name, value: value.join("="), url: blog.origin })),
			);
		}, timeout);
		afterAll(async () => {
			await browser?.close();
			await blog?.stop();
		});

		/** Views a page and the pages after it, up to a number. */
		async function view(address: string, maxPages = Number.POSITIVE_INFINITY): Promise<void> {
			const seen = new Set<string>();
			for (let next: string | null = address; next !== null && !seen.has(next) && seen.size < maxPages; ) {
				seen.add(next);
				await page.goto(new URL(next, blog.origin).href);
				expect(page.url()).not.toContain("sign-in");
				await check(next);
				const link = page.locator('a[rel="next"]').first();
				next = (await link.count()) > 0 ? await link.getAttribute("href") : null;
			}
		}

		async function check(what: string): Promise<void> {
			await comeToComments(page);
			expect(await foreignParts(page), what).toEqual([]);
			expect(wire.tripped, what).toEqual([]);
			viewed += 1;
		}

		/** Views the response to a POST as the browser would show it. */
		async function viewAnswer(fields: Record<string, string>, status: number): Promise<void> {
			const response = await blog.post("/comments", { post, ...fields });
			expect(response.status).toBe(status);
			await show(await response.text(), "text/html; charset=utf-8", JSON.stringify(fields).slice(0, 200));
		}

		/** Views a fetched body as a page of this site. */
		async function show(body: string, contentType: string, what: string): Promise<void> {
			await page.route("**/answer", (route) => route.fulfill({ body, contentType }));
			await page.goto(`${blog.origin}/answer`);
			await page.unroute("**/answer");
			await check(what);
		}

		it("trips the wire when not sanitized", async () => {
			const control = await context.newPage();
			await control.goto(`${blog.origin}/robots.txt`);
			let live = 0;
			for (const payload of payloads.filter((_, at) => at % 10 === 0)) {
				const before = wire.tripped.length;
				await control.setContent(`<main>${payload}</main>`, { waitUntil: "domcontentloaded" });
				const foreign = await foreignParts(control);
				if (wire.tripped.length > before || foreign.length > 0) live += 1;
			}
			await control.close();
			const scripts = wire.tripped.filter((what) => what.startsWith("script")).length;
			console.log(
				`hostile: on the control page ${live} of a tenth of the payloads showed, ${scripts} scripts ran`,
			);
			expect(scripts).toBeGreaterThan(10);
			expect(live).toBeGreaterThan(20);
			wire.tripped.length = 0;
		});

		it("is plain text in the thread, in every order, and to its author", async () => {
			expect(payloads.length).toBeGreaterThanOrEqual(500);
			await blog.db.exec("UPDATE comments SET state = 'published'");
			const kept = await blog.db.prepare("SELECT count(*) AS n FROM comments").first<number>("n");
			expect(kept).toBe(texts.length + 1);
			await page.goto(blog.origin + path);
			const orders = await page
				.locator(".sorts a[href]")
				.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
			expect(orders).toHaveLength(2);
			await view(path);
			// The same comments, by the same view: one page shows whether the order changes anything.
			for (const order of orders) await view(order, 1);
			await view("/me");
			await view("/", 1);
			console.log(`hostile: ${payloads.length} payloads, ${kept} comments kept`);
		});

		it("is plain text when quoted on the reply page and in the edit form", async () => {
			const { results } = await blog.db
				.prepare("SELECT id FROM comments WHERE id % 24 = 0")
				.all<{ id: number }>();
			for (const { id } of results) await view(`/comments/${id}/reply?quote`);
			for (const { id } of results.slice(0, 4)) await view(`/comments/${id}/edit`);
		});

		it("is plain text in a preview and in a refused form", async () => {
			const length = 64;
			for (let from = 0; from < payloads.length; from += length) {
				const some = payloads.slice(from, from + length);
				const name = some[0]?.slice(0, 80).replace(/^\s*$/, "n") ?? "n";
				const text = some.join("\n\n");
				await viewAnswer({ name, text, intent: "preview" }, 200);
				const [, email = "", website = "", other = ""] = some;
				await viewAnswer({ name: other.slice(0, 80), text, email, website, intent: "preview" }, 422);
			}
		});

		it("is plain text in every feed, in a feed reader that renders HTML", async () => {
			for (const feed of ["/comments.xml", `${path}comments.xml`, "/feed.xml"]) {
				const xml = await (await blog.get(feed)).text();
				await page.goto(`${blog.origin}/robots.txt`);
				const problem = await page.evaluate((source) => {
					const parsed = new DOMParser().parseFromString(source, "application/xml");
					if (parsed.querySelector("parsererror") !== null) return "not well-formed";
					const shown = document.createElement("main");
					for (const part of parsed.querySelectorAll("title, name, uri, summary, content")) {
						const place = document.createElement("div");
						if (part.getAttribute("type") === "html") place.innerHTML = part.textContent ?? "";
						else place.textContent = part.textContent;
						shown.append(place);
					}
					document.body.replaceChildren(shown);
					return null;
				}, xml);
				expect(problem, feed).toBeNull();
				await check(feed);
			}
		});

		it("is plain text in the admin: queue, comment, person, log, settings", async () => {
			// Each comment is shown once, published or held.
			await blog.db.exec("UPDATE comments SET state = 'held' WHERE id % 2 = 0");
			await view("/admin/comments?state=published");
			await view("/admin/comments");
			const { results } = await blog.db
				.prepare("SELECT id FROM comments WHERE id % 40 = 0")
				.all<{ id: number }>();
			for (const { id } of results) {
				const Cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
				const fields = { id: String(id), do: "spam", reason: line(id, 6, 500), back: "/admin/comments" };
				expect((await blog.post("/admin/decisions", fields, { Cookie })).status).toBe(303);
				await view(`/admin/comments/${id}`);
			}
			await view("/admin/comments?state=spam");
			await view("/admin/log");
			expect(await page.locator("main").innerText()).toContain("trip()");
			await view("/admin/commenters");
			const visitorId = await blog.db
				.prepare("SELECT visitor FROM comments LIMIT 1")
				.first<string>("visitor");
			await view(`/admin/commenters/${visitorId}`, 2);
			await view("/admin/settings");
		});

		it("is plain text in the owner's mails", async () => {
			await blog.cron();
			await view("/admin/outbox");
			const { results } = await blog.db.prepare("SELECT id FROM local_mails LIMIT 50").all<{ id: number }>();
			expect(results.length).toBeGreaterThan(0);
			for (const { id } of results) {
				await view(`/admin/outbox/${id}`);
				await view(`/admin/outbox/${id}/html`);
			}
		});

		it("is plain text in commenters' mails, and on the pages they link to", async () => {
			const ann = "ann@mail.example";
			const asked = { post, name: payloads[9] ?? "", text: "Tell me.", email: ann, notify: "1" };
			const posted = await blog.post("/comments", asked);
			const parent = posted.headers.get("Location")?.match(/#comment-(\d+)$/)?.[1] ?? "";
			const publish = (which: "id" | "parent_id") =>
				blog.db
					.prepare(`UPDATE comments SET state = 'published' WHERE ${which} = ?`)
					.bind(Number(parent))
					.run();
			const mailsToAnn = async () => {
				// Beyond the interval in which mails are combined into a digest; a run that makes many leaves sending to the next.
				for (const minutes of [31, 1, 1]) {
					blog.setClock(blog.now + minutes * 60_000);
					await blog.cron();
				}
				const { results } = await blog.db
					.prepare("SELECT id, text FROM local_mails WHERE recipient = ? ORDER BY id DESC")
					.bind(ann)
					.all<{ id: number; text: string }>();
				return results;
			};
			const linkTo = (end: string, text = "") =>
				text.match(new RegExp(`/subscriptions/[\\w.-]+/${end}`))?.[0] ?? "";
			await publish("id");
			const confirmation = linkTo("confirmation", (await mailsToAnn())[0]?.text);
			await view(confirmation);
			expect((await blog.post(confirmation, {})).status).toBe(200);
			// As many comments as one mail shows, each as long as it quotes.
			const length = Math.ceil(payloads.length / 30);
			for (let from = 0; from < payloads.length; from += length) {
				const text = payloads
					.slice(from, from + length)
					.join("\n\n")
					.slice(0, 1990);
				const name = payloads[from]?.slice(0, 80) ?? "";
				const reply = await blog.post("/comments", { post, parent, name, text });
				if (reply.status === 422) await blog.post("/comments", { post, parent, name: "Mallory", text });
			}
			await publish("parent_id");
			let mails = await mailsToAnn();
			for (let before = 0; before < mails.length; mails = await mailsToAnn()) before = mails.length;
			expect(
				mails
					.map(({ text }) => text)
					.join("")
					.split("trip").length,
			).toBeGreaterThan(500);
			for (const { id } of mails) {
				await view(`/admin/outbox/${id}`);
				await view(`/admin/outbox/${id}/html`);
			}
			await view(linkTo("end", mails[0]?.text));
		});

		it("is plain text on the pages that notices link to", async () => {
			const { results } = await blog.db
				.prepare("SELECT id, created_at AS createdAt FROM comments WHERE id % 40 = 0 AND source <> ''")
				.all<{ id: number; createdAt: number }>();
			for (const comment of results) {
				const stub = { id: `hostile:${comment.id}`, expiresAt: blog.now + 60_000 };
				const actor = line(comment.id, 3, 300);
				await view(await moderationPath({ comment, operation: "deleted", actor, ...stub }, testSecret));
			}
		});

		it("is plain text in an export, whatever type a browser takes it for", async () => {
			const exported = await blog.get("/me/export", { Cookie: visitor });
			expect(exported.headers.get("Content-Type")).toMatch(/^application\/json/);
			expect(exported.headers.get("X-Content-Type-Options")).toBe("nosniff");
			expect(exported.headers.get("Content-Disposition")).toMatch(/^attachment/);
			const body = await exported.text();
			expect(body.split("trip()").length).toBeGreaterThan(500);
			for (const type of ["application/json", "text/plain"]) await show(body, type, `/me/export as ${type}`);
			console.log(`hostile: ${viewed} pages viewed in Chromium without its policy, nothing ran`);
		});
	},
);
