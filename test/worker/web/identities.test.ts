import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { linkIn, mailsTo, type Person, personOn } from "../../support/person.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
let blog: Blog;
let number = 0;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: Cats\nurl: https://cats.example\nauthor: { name: Mika }\nauthors:\n  Tom Ō: { bio: Writes }\n",
			"posts/2024-05-04-guest.md": "---\ntitle: Guest\ndate: 2024-05-04\nauthor: 花子\n---\nHi.\n",
			"posts/2024-05-05-secret.md":
				"---\ntitle: Secret\ndate: 2024-05-05\nauthor: Zed\ndraft: true\n---\nHi.\n",
		},
		env: { DEVELOPMENT: "1" },
	});
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(blog.now + 20 * 60_000);
	number++;
	await emptyTables(
		blog.db,
		"comments",
		"threads",
		"reactions",
		"identities",
		"verifications",
		"subscriptions",
		"outbox",
		"local_mails",
	);
});

const person = () => personOn(blog);
/** Returns an address that no other test has used. */
const at = (who: string) => `${who}${number}@mail.example`;
const comment = (who: Person, name: string, text: string, fields: Record<string, string> = {}) =>
	who.post("/comments", { post, name, text, ...fields });
const rows = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]) =>
	(
		await blog.db
			.prepare(sql)
			.bind(...values)
			.all<T>()
	).results;
const count = async (table: string) =>
	(await rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n;

/** Requests a link and returns its path. */
const ask = async (who: Person, address: string, name = "") => {
	const before = (await mailsTo(blog, address, 0)).length;
	const asked = await who.post("/verifications", { email: address, name });
	expect(asked.status).toBe(303);
	return linkIn((await mailsTo(blog, address, before + 1)).at(-1), "/verifications/");
};
const verify = async (who: Person, address: string, name: string) => {
	const pressed = await who.post(await ask(who, address, name), { name });
	expect(pressed.headers.get("Location")).toBe("/me?done=verified");
};
/** Names marked as verified on the shared page. */
const marked = async (where = path) =>
	[
		...(await (await blog.get(where)).text()).matchAll(
			/<bdi[^>]*>([^<]*)<\/bdi><\/span> <small class="verified"/g,
		),
	].map(([, name]) => name);

describe("a verified name", () => {
	it("is claimed by a mailed link, and marks comments before and after", async () => {
		const ann = person();
		await comment(ann, "Ann", "before");
		await comment(ann, "Annette", "under another name");
		expect(await marked()).toEqual([]);
		const link = await ask(ann, at("ann"), "Ann");
		const opened = await ann.get(link);
		expect(opened.headers.get("Cache-Control")).toBe("private, no-store");
		expect(opened.headers.get("X-Robots-Tag")).toBe("noindex");
		const page = await opened.text();
		expect(page).toContain(`This link was sent to ${at("ann")}`);
		expect(page).toContain('value="Ann"');
		expect(page).toContain("become yours in every browser");
		expect(await count("identities")).toBe(0);
		const pressed = await ann.post(link, { name: "Ann" });
		expect(pressed.headers.get("Location")).toBe("/me?done=verified");
		await comment(ann, "Ann", "after");
		await comment(ann, "ＡＮＮ", "spelt otherwise");
		await comment(ann, "Somebody", "under no name of mine");
		expect(await marked()).toEqual(["Ann", "Ann", "ＡＮＮ"]);
		expect(await marked("/comments/1/reply")).toEqual([]);
		await blog.db.prepare("UPDATE threads SET pinned_id = 1 WHERE post_id = ?").bind(post).run();
		expect(await (await blog.get(path)).text()).toMatch(
			/class="pinned".{1,120}<bdi>Ann<\/bdi><\/span> <small class="verified" title="[^"]+">Verified/,
		);
		expect(await (await blog.get("/comments/1/reply")).text()).toMatch(
			/<bdi>Ann<\/bdi> <small class="verified"/,
		);
	});

	it("is requested in the language of the post", async () => {
		const hana = person();
		const posted = await hana.post("/comments", {
			post: "2024-05-02-こんばんは",
			name: "はな",
			email: at("hana"),
			text: "こんばんは",
		});
		const fresh = await hana.read(posted.headers.get("Location")?.split("#")[0] ?? "");
		expect(fresh).not.toContain(at("hana"));
		const key = fresh.match(
			/name="comment" value="1"\/?><input type="hidden" name="key" value="([^"]+)"/,
		)?.[1];
		const asked = await hana.post("/verifications", { comment: "1", key: key ?? "" });
		expect(await hana.read(asked.headers.get("Location") ?? "")).toContain("30分以内に一度だけ使えます");
		const [, mail] = await mailsTo(blog, at("hana"), 2);
		expect(mail?.subject).toBe("メールアドレスの確認（Cats）");
		const page = await hana.read(linkIn(mail, "/verifications/"));
		expect(page).toContain('<html lang="ja"');
		expect(page).toContain('value="はな"');
	});

	it.each(["Ann", "ann", "Ａｎｎ", "ᴀɴɴ", "A n n", "A\u200bnn", "A\u0335nn", "🅰nn", "Ann ✓"])(
		"is refused to anybody else, who loses nothing: %j",
		async (name) => {
			await verify(person(), at("ann"), "Ann");
			const refused = await comment(person(), name, "my words", {
				website: "https://x.example",
				remember: "1",
			});
			expect(refused.status).toBe(422);
			const page = await refused.text();
			expect(page).toContain("This name belongs to someone who has verified it.");
			expect(page).toContain('<a href="#name">');
			expect(page).toContain('<a href="/me"');
			expect(page).toContain("my words");
			expect(page).toContain('value="https://x.example"');
			expect(page).toMatch(/name="remember" value="1" checked/);
			expect(await count("comments")).toBe(0);
			expect((await comment(person(), "Anna", "hers")).status).toBe(303);
		},
	);

	it.each(["Mika", "mika", "Міка", "ᴍɪᴋᴀ", "Mi\ufff9ka", "Tom Ō", "花子", "花　子"])(
		"is not to be had when it is that of one who writes the blog: %s",
		async (name) => {
			const refused = await comment(person(), name, "as if I wrote here");
			expect(refused.status).toBe(422);
			expect(await refused.text()).toContain("This name belongs to an author of this blog");
			const mallory = person();
			const pressed = await mallory.post(await ask(mallory, at("mallory"), name), { name });
			expect(pressed.status).toBe(422);
			expect(await pressed.text()).toContain("This name belongs to an author of this blog");
			expect(await count("identities")).toBe(0);
		},
	);

	it("may be that of a draft's author, so that it does not reveal the draft", async () => {
		expect((await comment(person(), "Zed", "my words")).status).toBe(303);
	});

	it("is rejected in mixed scripts, for comments and for claims", async () => {
		const ann = person();
		const refused = await comment(ann, "Miкa Aoyama", "my words");
		expect(refused.status).toBe(422);
		const page = await refused.text();
		expect(page).toContain("A word in this name mixes letters from two alphabets.");
		expect(page).toContain("my words");
		const pressed = await ann.post(await ask(ann, at("ann"), "Eriк"), { name: "Eriк" });
		expect(pressed.status).toBe(422);
		expect(await pressed.text()).toContain("A word in this name mixes letters from two alphabets.");
		expect([await count("comments"), await count("identities")]).toEqual([0, 0]);
	});

	it("is the author's in the admin, as before", async () => {
		await comment(person(), "Ann", "a question");
		await verify(person(), at("ann"), "Ann");
		const owner = await signedIn(blog, "Mika", "owner");
		const replied = await blog.post(
			"/admin/comments/1/reply",
			{ key: crypto.randomUUID(), text: "an answer" },
			owner,
		);
		expect(replied.status).toBe(303);
		const page = await (await blog.get(path)).text();
		expect(page).toContain("an answer");
		expect(page.match(/class="by-author"/g)).toHaveLength(1);
	});

	it("goes to one of two simultaneous claims, and no comment violates it", async () => {
		const claimants = await Promise.all(
			["a", "b", "c", "d"].map(async (who) => {
				const each = person();
				return { each, link: await ask(each, at(who), "Ann") };
			}),
		);
		const stranger = person();
		const [answers, comments] = await Promise.all([
			Promise.all(claimants.map(({ each, link }) => each.post(link, { name: "Ann" }))),
			Promise.all(Array.from({ length: 20 }, (_, i) => comment(stranger, "Ann", `number ${i}`))),
		]);
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422]);
		expect(await count("identities")).toBe(1);
		const kept = comments.filter(({ status }) => status === 303).length;
		expect(await count("comments")).toBe(kept);
		expect((await comment(stranger, "Ann", "later")).status).toBe(422);
		expect(await marked()).toEqual([]);
		// A claimant whose name is taken can still use the link with another name.
		const loser = claimants[answers.findIndex(({ status }) => status === 422)];
		expect((await loser?.each.post(loser.link, { name: "Beth" }))?.status).toBe(303);
	});

	it("recognises a double post", async () => {
		const ann = person();
		await comment(ann, "Ann", "once");
		await verify(ann, at("ann"), "Ann");
		const [one, two] = await Promise.all([comment(ann, "Ann", "twice"), comment(ann, "Ann", "twice")]);
		expect([one?.status, two?.status]).toEqual([303, 303]);
		expect(await count("comments")).toBe(2);
	});
});

describe("a link", () => {
	it("is requested with the same response for every address", async () => {
		await verify(person(), at("known"), "Ann");
		const [known, unknown] = [person(), person()];
		const answers = [
			await known.post("/verifications", { email: at("known"), name: "Ann" }),
			await unknown.post("/verifications", { email: at("unknown"), name: "Ann" }),
		];
		expect(answers.map(({ status }) => status)).toEqual([303, 303]);
		expect(new Set(answers.map(({ headers }) => headers.get("Location"))).size).toBe(1);
		const page = await known.read(answers[0]?.headers.get("Location") ?? "");
		expect(page).toContain("If your address is correct, a link is on its way.");
		expect(page).not.toContain("mail.example");
		const [one, two] = [
			(await mailsTo(blog, at("known"), 2)).at(-1),
			(await mailsTo(blog, at("unknown"), 1)).at(-1),
		];
		const plain = (text = "") => text.replace(/\S+\/verifications\/\S+/, "");
		expect([one?.subject, plain(one?.text)]).toEqual([two?.subject, plain(two?.text)]);
	});

	it("works once, for half an hour, and only on this site", async () => {
		const ann = person();
		const link = await ask(ann, at("ann"), "Ann");
		expect((await blog.post(link, { name: "Ann" }, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
		expect((await ann.post(link, { name: "Ann" })).status).toBe(303);
		expect((await ann.get(link)).status).toBe(410);
		const late = await ask(ann, at("ann"));
		blog.setClock(blog.now + 30 * 60_000 + 1000);
		expect((await ann.get(late)).status).toBe(410);
		expect((await ann.post(late)).status).toBe(410);
	});

	it("gives a double click the same response, at once or in sequence", async () => {
		const ann = person();
		await comment(ann, "Ann", "before");
		const link = await ask(ann, at("ann"), "Ann");
		const old = personOn(blog, ann.cookie());
		const both = await Promise.all([ann.post(link, { name: "Ann" }), old.post(link, { name: "Ann" })]);
		expect(both.map(({ headers }) => headers.get("Location"))).toEqual(Array(2).fill("/me?done=verified"));
		expect((await ann.post(link, { name: "Ann" })).status).toBe(303);
		expect(old.cookie()).toBe(ann.cookie());
		expect(await old.read("/me")).toContain(at("ann"));
		expect([await count("identities"), await marked()]).toEqual([1, ["Ann"]]);
	});

	it("does nothing for another browser once it was used, nor later for the same one", async () => {
		const ann = person();
		const link = await ask(ann, at("ann"), "Ann");
		const [before, stranger] = [personOn(blog, ann.cookie()), person()];
		await comment(stranger, "Mallory", "somebody else's browser");
		expect((await ann.post(link, { name: "Ann" })).status).toBe(303);
		for (const other of [person(), stranger]) {
			const cookie = other.cookie();
			const refused = await other.post(link, { name: "Ann" });
			expect(refused.status).toBe(410);
			expect(await refused.text()).toMatch(/the name may already be yours.*<a href="\/me"/);
			expect(other.cookie()).toBe(cookie);
		}
		const crossSite = { "Sec-Fetch-Site": "cross-site", Cookie: ann.cookie() };
		expect((await blog.post(link, { name: "Ann" }, crossSite)).status).toBe(410);
		blog.setClock(blog.now + 10_000);
		expect((await before.post(link, { name: "Ann" })).status).toBe(410);
		blog.setClock(blog.now + 1);
		await blog.cron();
		expect(await count("verifications")).toBe(0);
	});

	it("confirmed twice by a browser without a cookie is used once", async () => {
		const link = await ask(person(), at("ann"), "Ann");
		const both = await Promise.all([1, 2].map(() => person().post(link, { name: "Ann" })));
		expect(both.map(({ status }) => status).sort()).toEqual([303, 410]);
	});

	it("is rejected when forged, truncated, or for another purpose", async () => {
		const ann = person();
		const link = await ask(ann, at("ann"), "Ann");
		await ann.post("/subscriptions", { post, email: at("ann") });
		const confirm = linkIn((await mailsTo(blog, at("ann"), 2)).at(-1), "/subscriptions/");
		const token = confirm.split("/")[2] ?? "";
		for (const bad of [
			`${link.slice(0, -2)}xx`,
			link.slice(0, -9),
			"/verifications/x",
			`/verifications/${token}`,
		]) {
			expect((await ann.get(bad)).status, bad).toBe(410);
			expect((await ann.post(bad, { name: "Ann" })).status, bad).toBe(410);
		}
		expect(await count("identities")).toBe(0);
	});

	it("is mailed once for a double click, three times a day to one address, and thirty times in ten minutes", async () => {
		const ann = person();
		await comment(ann, "Ann", "so that my browser is known");
		await Promise.all([1, 2, 3].map(() => ann.post("/verifications", { email: at("ann") })));
		await blog.cron();
		expect(await mailsTo(blog, at("ann"), 1)).toHaveLength(1);
		for (let i = 0; i < 5; i++) {
			await person().post("/verifications", { email: at("ann").toUpperCase() });
			// Neither used links nor anonymization raises the limit.
			await ann.post("/me/anonymization");
		}
		for (let i = 0; i < 40; i++) await person().post("/verifications", { email: at(`many${i}-`) });
		await blog.cron();
		await blog.cron();
		await blog.cron();
		await blog.cron();
		await blog.cron();
		expect(await mailsTo(blog, at("ann"), 3)).toHaveLength(3);
		const sent = await rows("SELECT * FROM local_mails WHERE recipient LIKE ?", `many%-${number}@%`);
		expect(sent.length).toBe(27);
		// A request beyond the limit stores no address.
		expect(await count("addresses WHERE email LIKE 'many%'")).toBe(27);
		blog.setClock(blog.now + 31 * 60_000);
		await blog.cron();
		expect(await count("addresses")).toBe(0);
	});

	it("returns the form for an invalid address", async () => {
		const wrong = await person().post("/verifications", { email: "ann at <mail>", name: 'A"nn' });
		expect(wrong.status).toBe(422);
		const page = await wrong.text();
		expect(page).toContain('value="ann at &lt;mail&gt;"');
		expect(page).toContain('value="A&quot;nn"');
		expect(await count("addresses")).toBe(0);
	});

	it("is mailed to the address of a comment for its author only", async () => {
		await comment(person(), "Ann", "mine", { email: at("ann") });
		await mailsTo(blog, at("ann"), 1);
		expect((await person().post("/verifications", { comment: "1", key: "x" })).status).toBe(403);
		expect((await person().post("/verifications", { comment: "7" })).status).toBe(403);
		await blog.cron();
		expect(await mailsTo(blog, at("ann"), 1)).toHaveLength(1);
	});
});

describe("nobody gets another's comments", () => {
	it("when an attacker requests a link for the victim's address and the victim confirms it", async () => {
		const [mallory, victim] = [person(), person()];
		await comment(mallory, "Vic", "what Mallory wants to have been said by Vic");
		await comment(victim, "Vic", "what Vic said");
		const link = await ask(mallory, at("vic"), "Vic");
		const page = await victim.read(link);
		expect(page).toContain("not requested in this browser");
		expect(page).toContain("only through the links");
		await victim.post(link, { name: "Vic" });
		// Mallory's comments are not Vic's, and Mallory is not signed in.
		expect(await marked()).toEqual([]);
		expect(await victim.read("/me")).not.toContain("what Mallory wants");
		expect(await mallory.read("/me")).not.toContain(at("vic"));
		expect((await mallory.get("/comments/2/edit")).status).toBe(403);
		expect((await victim.get("/comments/1/edit")).status).toBe(403);
		expect((await comment(mallory, "Vic", "more of it")).status).toBe(422);
		expect((await comment(victim, "Vic", "said Vic")).status).toBe(303);
		expect(await marked()).toEqual(["Vic"]);
	});

	it("when an attacker sends the victim a link for the attacker's address", async () => {
		const [mallory, victim] = [person(), person()];
		await comment(victim, "Vic", "what Vic said");
		await victim.post("/reactions", { post, kind: "like" });
		const link = await ask(mallory, at("mallory"), "Mallory");
		expect(await victim.read(link)).toContain(
			`sent to ${at("mallory")}. Continue only if this is your address`,
		);
		await victim.post(link, { name: "Vic" });
		// Mallory signs in as the same identity, and finds nothing of Vic's.
		await mallory.post(await ask(mallory, at("mallory")));
		const mine = await mallory.read("/me");
		expect(mine).toContain(at("mallory"));
		expect(mine).not.toContain("what Vic said");
		expect(mine).toContain("0 reactions");
		expect((await mallory.get("/comments/1/edit")).status).toBe(403);
		expect(await marked()).toEqual([]);
	});

	it("when a copy of the cookie was taken before", async () => {
		const ann = person();
		await comment(ann, "Ann", "mine");
		const thief = personOn(blog, ann.cookie());
		await verify(ann, at("ann"), "Ann");
		expect((await thief.get("/comments/1/edit")).status).toBe(403);
		expect((await comment(thief, "Ann", "stolen")).status).toBe(422);
	});

	it("when a signed-in browser requests a link for another address", async () => {
		const ann = person();
		await verify(ann, at("ann"), "Ann");
		await comment(ann, "Ann", "Ann's");
		const link = await ask(ann, at("beth"), "Beth");
		expect(await ann.read(link)).toContain("currently signed in as Ann");
		await ann.post(link, { name: "Beth" });
		expect(await ann.read("/me")).not.toContain("Ann's");
		expect(await marked()).toEqual(["Ann"]);
	});
});

describe("another browser", () => {
	it("is signed in by the same address, and its history is merged", async () => {
		const [home, phone] = [person(), person()];
		await comment(home, "Ann", "at home");
		await home.post("/reactions", { post, kind: "like" });
		await home.post("/reactions", { post, kind: "love" });
		await verify(home, at("ann"), "Ann");
		await comment(phone, "Anne", "on the phone");
		await phone.post("/reactions", { post, kind: "like" });
		await phone.post("/reactions", { post, comment: "1", kind: "thanks" });
		await phone.post("/subscriptions", { post, email: at("ann") });
		const link = await ask(phone, at("ann"), "Somebody Else");
		const page = await phone.read(link);
		expect(page).toContain("signed in as Ann");
		expect(page).not.toContain('name="name"');
		await phone.post(link);
		for (const each of [home, phone]) {
			const mine = await each.read("/me");
			expect(mine).toContain("at home");
			expect(mine).toContain("on the phone");
			expect(mine).toContain("3 reactions");
			expect((await each.get("/comments/2/edit")).status).toBe(200);
		}
		expect(await rows("SELECT tallies FROM threads WHERE post_id = ?", post)).toEqual([
			{ tallies: '{"like":1,"love":1}' },
		]);
		expect(await rows("SELECT tallies, reaction_count FROM comments WHERE id = 1")).toEqual([
			{ tallies: '{"thanks":1}', reaction_count: 1 },
		]);
		expect(await rows("SELECT count(DISTINCT visitor) AS visitors FROM comments")).toEqual([{ visitors: 1 }]);
		expect(await rows("SELECT visitor FROM subscriptions")).toEqual(
			await rows("SELECT visitor FROM identities"),
		);
	});

	it("stays blocked, and can be unblocked", async () => {
		const [ann, owner] = [person(), await signedIn(blog, "Owner", "owner")];
		await comment(ann, "Ann", "bad words");
		const [row] = await rows<{ visitor: string }>("SELECT visitor FROM comments");
		const blocked = await blog.post(`/admin/commenters/${row?.visitor}/block`, { kind: "visitor" }, owner);
		const operation =
			new URL(blocked.headers.get("Location") ?? "", blog.origin).searchParams.get("done") ?? "";
		await verify(ann, at("ann"), "Ann");
		await comment(ann, "Ann", "more bad words");
		expect(await rows("SELECT state FROM comments WHERE id = 2")).not.toEqual([{ state: "published" }]);
		expect(await rows("SELECT visitor AS value FROM identities")).toEqual(
			await rows("SELECT value FROM blocks"),
		);
		await blog.post("/admin/undo", { operation }, owner);
		expect(await count("blocks")).toBe(0);
	});
});

describe("a browser that was signed out", () => {
	it("is not signed in by a form left open in it", async () => {
		const ann = person();
		const form = { post, name: "Ann", text: "once", key: crypto.randomUUID() };
		await ann.post("/comments", form);
		await verify(ann, at("ann"), "Ann");
		await ann.post("/me/session/end");
		expect((await ann.post("/comments", form)).status).toBe(303);
		expect(await ann.read("/me")).not.toContain(at("ann"));
		expect((await ann.get("/comments/1/edit")).status).toBe(403);
	});
});

describe("/me", () => {
	it("shows the name, exports it, and allows changing it", async () => {
		const ann = person();
		await comment(ann, "Ann", "one");
		await comment(ann, "Beth", "two");
		await verify(ann, at("ann"), "Ann");
		const mine = await ann.read("/me");
		expect(mine).toMatch(new RegExp(`You are <bdi>Ann</bdi>, verified with ${at("ann")} on `));
		expect(await (await ann.get("/me/export")).json()).toMatchObject({
			identity: { name: "Ann", email: at("ann"), since: blog.now },
		});
		expect((await ann.post("/me/name", { name: "Beth" })).headers.get("Location")).toBe("/me?done=renamed");
		expect(await marked()).toEqual(["Beth"]);
		expect((await comment(person(), "Ann", "free again")).status).toBe(303);

		await verify(person(), at("carl"), "Carl");
		const taken = await ann.post("/me/name", { name: "ＣＡＲＬ" });
		expect(taken.status).toBe(422);
		const page = await taken.text();
		expect(page).toContain('value="ＣＡＲＬ"');
		expect(page).toContain("belongs to someone");
		for (const [name, why] of [
			["Mika", "belongs to an author of this blog"],
			["\u3164", "nobody can see"],
			["", "Please enter a name"],
			["x".repeat(81), "longer than 80"],
		]) {
			const refused = await ann.post("/me/name", { name: name ?? "" });
			expect([refused.status, (await refused.text()).includes(why ?? "")], name).toEqual([422, true]);
		}
		expect(await marked()).toEqual(["Beth"]);
		const foreign = await blog.post(
			"/me/name",
			{ name: "Zed" },
			{ Cookie: ann.cookie(), "Sec-Fetch-Site": "cross-site" },
		);
		expect(foreign.status).toBe(403);
	});

	it("allows giving up the name: mark and address go, comments stay the visitor's", async () => {
		const ann = person();
		await comment(ann, "Ann", "mine");
		await verify(ann, at("ann"), "Ann");
		expect(await count("addresses")).toBe(1);
		await ann.post("/me/name/removal");
		expect(await marked()).toEqual([]);
		expect(await count("identities")).toBe(0);
		expect(await count("addresses")).toBe(0);
		expect((await ann.get("/comments/1/edit")).status).toBe(200);
		expect((await comment(person(), "Ann", "anybody's")).status).toBe(303);
	});

	it("signs out one browser only", async () => {
		const [home, phone] = [person(), person()];
		await verify(home, at("ann"), "Ann");
		await phone.post(await ask(phone, at("ann")));
		await phone.post("/me/session/end");
		expect(await phone.read("/me")).not.toContain(at("ann"));
		expect((await comment(phone, "Ann", "hello?")).status).toBe(422);
		expect((await comment(home, "Ann", "hello")).status).toBe(303);
	});

	it.each(["erasure", "anonymization"])("removes the identity with everything else: %s", async (act) => {
		const ann = person();
		await comment(ann, "Ann", "mine");
		await verify(ann, at("ann"), "Ann");
		const void_ = await ask(person(), at("ann"));
		await ann.post(`/me/${act}`);
		expect(await marked()).toEqual([]);
		expect([await count("identities"), await count("addresses"), await count("verifications")]).toEqual([
			0, 0, 0,
		]);
		expect((await ann.get(void_)).status).toBe(410);
	});

	it.each(["anonymity", "erasure"])("is removed from the admin as well: %s", async (act) => {
		const [ann, owner] = [person(), await signedIn(blog, `Owner of ${act}`, "owner")];
		await comment(ann, "Ann", "mine");
		await verify(ann, at("ann"), "Ann");
		expect(await (await blog.get("/admin/comments/1", owner)).text()).toContain("<mark>Verified</mark>");
		const [row] = await rows<{ visitor: string }>("SELECT visitor FROM comments");
		await blog.post(`/admin/commenters/${row?.visitor}/${act}`, { sure: "yes" }, owner);
		expect([await count("identities"), await count("addresses")]).toEqual([0, 0]);
		expect(await rows("SELECT verified FROM comments")).toEqual([{ verified: 0 }]);
	});

	it("keeps an address as long as something needs it", async () => {
		const ann = person();
		await verify(ann, at("ann"), "Ann");
		// The address is verified, so that subscribing needs no mail.
		await ann.post("/subscriptions", { post, email: at("ann") });
		expect(await rows("SELECT state FROM subscriptions")).toEqual([{ state: "active" }]);
		await ann.post("/me/name/removal");
		expect(await count("addresses")).toBe(1);
		await verify(ann, at("ann"), "Ann");
		await blog.db.exec("DELETE FROM subscriptions");
		expect(await count("addresses")).toBe(1);
		await ann.post("/me/name/removal");
		expect(await count("addresses")).toBe(0);
	});
});

describe("a moderator's change of a name", () => {
	it("keeps the mark only if the name is the author's", async () => {
		const [ann, owner] = [person(), await signedIn(blog, "An owner", "owner")];
		await verify(ann, at("ann"), "Ann");
		await comment(ann, "Ann", "mine");
		const edit = (name: string, seen: string) =>
			blog.post("/admin/comments/1/text", { name, website: "", text: "mine", seen }, owner);
		await edit("Somebody", "1:1");
		expect(await marked()).toEqual([]);
		await edit("Ann", "1:2");
		expect(await marked()).toEqual(["Ann"]);
	});
});

describe("hostile names and addresses", () => {
	it.each(["<img src=x onerror=alert(1)>\"'", "Ann\r\nBcc: all@evil.example", "\u202Egpj.nnA", "{email}"])(
		"come to nothing on these pages and in these mails: %j",
		async (name) => {
			const mallory = person();
			const link = await ask(mallory, at("mallory"), name);
			const [mail] = await mailsTo(blog, at("mallory"), 1);
			// The mail contains no typed text.
			expect(mail?.text).not.toMatch(/onerror|evil|nnA|\{/);
			const page = await mallory.read(link);
			await mallory.post(link, { name });
			const mine = await mallory.read("/me");
			for (const html of [page, mine]) {
				expect(html).not.toMatch(/<img|\u202E|\nBcc/);
				expect(html.match(/onerror/g)?.length ?? 0).toBe(html.match(/&lt;img src=x onerror/g)?.length ?? 0);
			}
		},
	);

	it.each([
		"ann@mail.example\r\nBcc: all@evil.example",
		"ann@mail.example, all@evil.example",
		"<ann@mail.example>",
		"ann@mail.example\u202E",
		`${"a".repeat(250)}@mail.example`,
		'"><script>alert(1)</script>@mail.example',
	])("are no address: %j", async (email) => {
		const refused = await person().post("/verifications", { email, name: "Ann" });
		expect(refused.status).toBe(422);
		expect(await refused.text()).not.toContain("<script>alert");
		expect(await count("addresses")).toBe(0);
	});
});
