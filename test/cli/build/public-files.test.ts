import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, post, workspace } from "../../support/workspace.ts";

describe("content/public/", () => {
	it("is served at the root as it is, .well-known too, without hidden and backup files", async () => {
		const space = workspace({
			"posts/x.md": post(),
			"public/ads.txt": "example.com, 1, DIRECT\n",
			"public/.well-known/webfinger/x.json": "{}",
			"public/google0123456789abcdef.html": "google-site-verification: google0123456789abcdef.html",
			"public/notes/二.txt": "x",
			"public/.DS_Store": "x",
			"public/old.txt~": "x",
		});
		await space.build();
		const served = Object.keys(space.output()).flatMap((path) => /^assets(\/.*)/.exec(path)?.[1] ?? []);
		expect(served.filter((path) => !/icon|manifest|_headers|_search|openapi/.test(path))).toEqual([
			"/.well-known/webfinger/x.json",
			"/ads.txt",
			"/google0123456789abcdef.html",
			"/notes/二.txt",
		]);
		expect(readFileSync(join(space.options.outDir, "assets/ads.txt"), "utf8")).toBe(
			"example.com, 1, DIRECT\n",
		);
		space.remove("content/public/ads.txt");
		await space.build();
		expect(Object.keys(space.output())).not.toContain("assets/ads.txt");
	});

	it.each([
		["feed.xml", "is reserved, like everything below /feed.xml/; rename it."],
		["Admin/x.html", "is reserved, like everything below /admin/; rename it."],
		["index.html", "is the home page; rename it."],
		["en/feed.xml", "is reserved for the list of posts in that language; rename it."],
		["2024/05", "is reserved for the archive of a year or month; rename it."],
		["sitemap-1.xml", "is reserved for the sitemap; rename it."],
		["favicon.ico", "the build makes; name your icon as icon: in site.yaml."],
		["_redirects", "is not served; begin its path with a letter or digit of ASCII."],
		["猫.txt", "is not served; begin its path with a letter or digit of ASCII."],
		["hello", "is an address of content/posts/hello.md; rename one of them."],
		["old/address", "is an address of content/posts/hello.md; rename one of them."],
		["About/index.html", "is an address of content/pages/about.md; rename one of them."],
		[".well-known/security.txt", "security_contact in site.yaml already makes; remove one of them."],
	])("cannot take an address that something else has: %s", async (name, reason) => {
		const problems = await buildProblems({
			"site.yaml": "title: T\npermalink: /:slug/\nsecurity_contact: ann@mail.example\n",
			"posts/hello.md": post("aliases: /old/address/"),
			"pages/about.md": "---\ntitle: About\n---\nWe.\n",
			[`public/${name}`]: "x",
		});
		expect(problems).toEqual([`content/public/${name}:1: would be at /${name}, which ${reason}`]);
	});
});

describe("head in site.yaml", () => {
	const head = (lines: string) => `title: T\nhead:\n${lines}\n`;

	it("adds meta and link elements by their attributes", async () => {
		const { site } = await buildFiles({
			"site.yaml": head(
				"  - meta: { name: google-site-verification, content: '\"><script>alert(1)</script>' }\n  - link: { rel: ME, href: https://social.example/@ann }\n  - meta: { property: 'fb:app_id', content: 12 }",
			),
		});
		expect(site.head).toEqual([
			{
				element: "meta",
				attributes: { name: "google-site-verification", content: '"><script>alert(1)</script>' },
			},
			{ element: "link", attributes: { rel: "me", href: "https://social.example/@ann" } },
			{ element: "meta", attributes: { property: "fb:app_id", content: "12" } },
		]);
	});

	it.each([
		[
			"  - meta: { http-equiv: refresh, content: x }",
			"head.meta.http-equiv: unknown key; write one of name, property, content.",
		],
		[
			"  - meta: { name: viewport, content: x }",
			'head.meta.name: "viewport" is set on every page by the engine; remove it.',
		],
		[
			"  - meta: { property: 'og:title', content: x }",
			'head.meta.property: "og:title" is set on every page by the engine; remove it.',
		],
		[
			"  - meta: { content: x }",
			"head: a meta has a name or a property; write for example - meta: { name: example-verification, content: abc123 }.",
		],
		["  - script: { src: /x.js }", "head.script: unknown key; write one of meta, link."],
		[
			"  - { meta: { name: a, content: b }, link: { rel: me, href: /x/ } }",
			"head: each item is one meta or one link; write for example - meta: { name: example-verification, content: abc123 }.",
		],
		[
			"  - link: { rel: stylesheet, href: https://x.example/x.css }",
			expect.stringMatching(
				/^head\.link\.rel: "stylesheet" is not allowed here, because browsers may load what it names;/,
			),
		],
		[
			"  - link: { rel: alternate stylesheet, href: /x.css }",
			expect.stringMatching(/^head\.link\.rel: "stylesheet" is not allowed here/),
		],
		[
			"  - link: { rel: preload, href: /x.js }",
			expect.stringMatching(/^head\.link\.rel: "preload" is not allowed here/),
		],
		["  - link: { rel: mee, href: /x/ }", expect.stringMatching(/did you mean "me"\?$/)],
		[
			"  - link: { rel: me, href: 'javascript:alert(1)' }",
			expect.stringMatching(/^head\.link\.href: "javascript:alert\(1\)" is neither/),
		],
		[
			"  - link: { rel: me, href: /x/, onload: x }",
			"head.link.onload: unknown key; write one of rel, href, type, title, hreflang.",
		],
	])("refuses what could run, load or contradict: %s", async (lines, message) => {
		const problems = await buildProblems({ "site.yaml": head(lines) });
		expect(problems.map((problem) => problem.replace(/^content\/site\.yaml:3: /, ""))).toEqual([message]);
	});
});

describe("security_contact in site.yaml", () => {
	it.each([
		["ann@mail.example", "mailto:ann@mail.example"],
		["mailto:ann@mail.example", "mailto:ann@mail.example"],
		["https://cats.example/security/", "https://cats.example/security/"],
	])("is an address of either kind: %s", async (written, contact) => {
		const { site } = await buildFiles({ "site.yaml": `title: T\nsecurity_contact: ${written}\n` });
		expect(site.securityContact).toBe(contact);
	});

	it("is nothing else", async () => {
		expect(await buildProblems({ "site.yaml": "title: T\nsecurity_contact: http://x.example/\n" })).toEqual([
			'content/site.yaml:2: security_contact: "http://x.example/" is neither an e-mail address nor a web address that begins with https; write one such as security@example.com.',
		]);
	});
});
