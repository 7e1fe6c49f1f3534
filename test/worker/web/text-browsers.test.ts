import { type DefaultTreeAdapterMap, parse } from "parse5";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

type Node = DefaultTreeAdapterMap["node"];

/** Elements that text browsers put on lines of their own, or show nothing of. */
const blocks = new Set(
	"address article aside blockquote body br dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 head header hr html legend li link main meta nav ol option p pre script section select style summary table tbody td template textarea th thead title tr ul".split(
		" ",
	),
);

/** Elements that are read as one thing each. */
const units = new Set([
	"a",
	"button",
	"label",
	"small",
	"span",
	"time",
	"input",
	"select",
	"strong",
	"b",
	"mark",
]);

/** Finds units with nothing between them: words that a text browser runs together. Returns the text around each place. */
function joints(html: string): string[] {
	const found: string[] = [];
	let line = "";
	/** Ends and beginnings of units after the last character of the line. */
	let boundaries = new Set<"end" | "start">();
	const visit = (node: Node): void => {
		if ("value" in node && node.nodeName === "#text") {
			const text = node.value;
			// Languages without spaces go on after a link within a sentence.
			const isSentence = boundaries.size < 2 && !/[\p{Script=Latin}\p{N}]$/u.test(line + text.slice(0, 1));
			if (boundaries.size > 0 && !isSentence && /[\p{L}\p{N}]$/u.test(line) && /^[\p{L}\p{N}]/u.test(text))
				found.push(`${line.slice(-20)}|${text.slice(0, 20)}`);
			if (text !== "") boundaries = new Set();
			line += text;
			return;
		}
		const name = node.nodeName;
		const attributes = "attrs" in node ? node.attrs : [];
		const classes = attributes.find((attribute) => attribute.name === "class")?.value ?? "";
		// Spaces within people's own text are theirs; phrases of a title are no words.
		if (["style", "script", "template"].includes(name) || /\b(?:prose|phrase)\b/.test(classes)) return;
		if (name === "input" && attributes.some(({ value }) => value === "hidden")) return;
		const isBlock = blocks.has(name);
		if (isBlock) line = "";
		if (units.has(name)) boundaries.add("start");
		if (name === "input") line += " ";
		for (const child of "childNodes" in node ? node.childNodes : []) visit(child);
		if (units.has(name)) boundaries.add("end");
		if (isBlock) line = "";
	};
	visit(parse(html));
	return found;
}

let blog: Blog;

beforeAll(async () => {
	const posts = Array.from({ length: 3 }, (_, at) => [
		`posts/2024-05-0${at + 4}-p${at}.md`,
		`---\ntitle: P ${at}\ndate: 2024-05-0${at + 4}\nseries: Cats\ntags: [edge, cloud]\ncategories: [A, B]\n${at === 1 ? "lang: ja\n" : ""}translation: t${at === 0 ? 1 : at}\n---\nOne[^1].\n\n<!--more-->\n\nTwo.\n\n[^1]: A note.\n`,
	]);
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: Cats\nurl: https://cats.example\nposts_per_page: 2\nnotifications: { from: cats@cats.example }\nauthors: { Ann: { bio: Bakes., url: 'https://ann.example' } }\nnavigation: [{ title: Code, url: /code/ }]\n",
			...Object.fromEntries(posts),
		},
		env: { DEVELOPMENT: "1" },
	});
	for (const [text, parent] of [
		["First", ""],
		["Second", "1"],
		["Third", ""],
	] as const)
		await blog.post("/comments", { post: "2024-05-05-p1", name: `Kim ${text}`, text, parent });
	await blog.db.exec(
		"UPDATE comments SET edited_at = created_at + 1, verified = 1, by_author = 1 WHERE id = 1",
	);
});
afterAll(() => blog.stop());

/** Finds references to ids that the page does not have. */
function danglingReferences(html: string): string[] {
	const ids = new Set(Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => id));
	const names = "aria-(?:describedby|labelledby|controls|owns|details)|for|form|headers|list";
	return Array.from(html.matchAll(new RegExp(` (?:${names})="([^"]*)"`, "g")))
		.flatMap(([, references = ""]) => references.split(" "))
		.filter((reference) => !ids.has(reference));
}

describe("a page", () => {
	it("lets no words run together in a text browser, refers to no id it lacks, and names one previous page", async () => {
		const owner = await signedIn(blog, "Hana", "owner");
		const paths = [
			...["/", "/page/2/", "/archive/", "/2024/", "/tag/edge/", "/series/cats/", "/ja/", "/nowhere/"],
			...[
				"/2024/05/05/p1/",
				"/2024/05/05/p1/?sort=top",
				"/2024/05/05/p1/?after=1",
				"/2024/05/01/hello/",
				"/about/",
			],
			...[
				"/me",
				"/comments/1/reply",
				"/verifications/requested",
				"/subscriptions/requested?post=2024-05-01-hello",
			],
			...[
				"/admin/comments",
				"/admin/log",
				"/admin/settings",
				"/admin/team",
				"/admin/account",
				"/admin/commenters",
			],
			...["/admin/comments/1", "/admin/notices", "/admin/upcoming", "/admin/outbox"],
		];
		const found: string[] = [];
		for (const path of paths)
			for (const lang of ["en", "ja"]) {
				const response = await blog.get(path, { Cookie: owner.Cookie, "Accept-Language": lang });
				const html = await response.text();
				const previous = html.match(/ rel="prev"/g)?.length ?? 0;
				found.push(
					...[
						...joints(html),
						...danglingReferences(html),
						...(previous > 1 ? [`${previous} previous pages`] : []),
					].map((problem) => `${path} ${lang}: ${problem}`),
				);
			}
		expect(found).toEqual([]);
	});

	it("of a thread after its first says so in its title", async () => {
		const html = await (await blog.get("/2024/05/05/p1/?after=1")).text();
		expect(html).toContain("<title>P 1 — コメントの続き — Cats</title>");
		expect(await (await blog.get("/2024/05/05/p1/")).text()).toContain("<title>P 1 — Cats</title>");
	});

	it("is told by a finder that knows what runs together", () => {
		expect(joints("<p><a>One</a><a>Two</a> <i>x</i>y <a>Three</a> <a>Four</a></p><p>Five</p>")).toEqual([
			"One|Two",
		]);
		expect(danglingReferences('<p id="a"></p><p aria-describedby="a b"></p>')).toEqual(["b"]);
	});
});
