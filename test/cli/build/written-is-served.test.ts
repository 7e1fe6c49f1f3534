import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { findFile } from "../../../src/build/file-addresses.ts";
import { escapeHtml } from "../../../src/posts/html.ts";
import { embeddedHtml } from "../../../src/posts/markdown/embedded-html.ts";
import { encodePath } from "../../../src/posts/paths.ts";
import { buildFiles, buildProblems, png, post, workspace } from "../../support/workspace.ts";

/** Names of files that a writer may have. */
const names = [
	...["plain.png", "two words.png", "C#.png", "#1.png", "what?.png", "100%.png", "50%25.png", "a%20b.png"],
	...["a&b.png", "a&amp;b.png", 'it\'s "x".png', "a,b@2x.png", "(x) [y].png", "a+b=c;d:e.png", "2x.png"],
	...["ガ.png".normalize("NFC"), "プ.png".normalize("NFD"), "日本/図 1.png", "🐈‍⬛.png", "constructor.png"],
];

const ways: Readonly<Record<string, (path: string) => string>> = {
	"as it is": (path) => path,
	encoded: encodePath,
	"encoded as browsers do": encodeURI,
	"in NFC": (path) => path.normalize("NFC"),
	"in NFD": (path) => path.normalize("NFD"),
	"with backslashes": (path) => (path.startsWith("./") ? path.replaceAll("/", "\\") : path),
	"in NFD, encoded": (path) => encodePath(path.normalize("NFD")),
};

/** Markup around an address; each shows it as an attribute of the page. */
const constructs: Readonly<Record<string, (address: string) => string>> = {
	"a Markdown image": (address) => `![x](<${address.replace(/[\\<>&]/g, "\\$&")}>)`,
	"a Markdown link": (address) => `[x](<${address.replace(/[\\<>&]/g, "\\$&")}>)`,
	"an image in HTML": (address) => `<img alt="x" src="${escapeHtml(address)}">`,
	"a video in HTML": (address) => `<video controls poster="${escapeHtml(address)}"></video>`,
	"image candidates": (address) =>
		`<img alt="x" src="/media/plain.png" srcset="${escapeHtml(address)} 1x, /media/plain.png 2x">`,
};

/** Places in a text. */
const contexts: readonly ((mark: string) => string)[] = [
	(mark) => mark,
	(mark) => `x[^1]\n\n[^1]: ${mark}`,
	(mark) => `- x[^1]\n\n[^1]: a\n\n    - ${mark}`,
	(mark) => `> [!NOTE]\n> ${mark}`,
	(mark) => `> - x\n>   1. ${mark}`,
	(mark) => `- [ ] ${mark}`,
	(mark) => `| ${mark} |\n|-|\n| a |`,
	(mark) => `| a |\n|-|\n| ${mark} |`,
	(mark) => `::: pair en ja\nx\n\n---\n\n${mark}\n:::`,
	(mark) => `Term\n: ${mark}`,
	(mark) => `## A ${mark}`,
	(mark) => `a **b ${mark}** ~~${mark}~~`,
	(mark) => `<div>\n\n${mark}\n\n</div>`,
];

describe("a file is served at the address the page shows", () => {
	for (const folder of ["media", "posts/trip"]) {
		it.each(Object.keys(ways))(`of ${folder}/, with its address written %s`, async (way) => {
			const write = (name: string) => (ways[way] as (path: string) => string)(name);
			const files = Object.fromEntries(names.map((name) => [`${folder}/${name}`, png(2, 1)]));
			const addresses = names.map((name) => (folder === "media" ? `/media/${name}` : `./${name}`)).map(write);
			const pieces = Object.values(constructs).flatMap((construct) => addresses.map(construct));
			const space = workspace({
				...files,
				"media/plain.png": png(2, 1),
				"posts/trip/index.md": post("", pieces.join("\n\n")),
			});
			const result = await space.build();
			expect(result.ok ? space.printed(result.warnings) : space.printed(result.problems)).toEqual([]);
			const built = space.builtContent().posts[0];
			const html = built?.html ?? "";
			for (const shown of [html, embeddedHtml(html, { path: built?.path ?? "", siteUrl: null })]) {
				const served = addressesIn(shown);
				expect(served).toHaveLength(pieces.length + 2 * names.length);
				for (const address of served) expect(redirected(address)).toBe(address);
				const found = new Set(served.filter((address) => existsSync(fileOf(space.options.outDir, address))));
				expect(served.filter((address) => !found.has(address))).toEqual([]);
				expect(found.size).toBe(folder === "media" ? names.length : names.length + 1);
			}
			// Every Markdown image has its size.
			expect(html.match(/ width="2"/g)).toHaveLength(names.length);
		});
	}

	it.each(Object.entries(ways))("written in front matter %s", async (_, write) => {
		const written = names.map((name) => JSON.stringify(write(`/media/${name}`)));
		const space = workspace({
			...Object.fromEntries(names.map((name) => [`media/${name}`, png(2, 1)])),
			"site.yaml": `title: T\nauthors:\n${written.map((address, at) => `  a${at}:\n    avatar: ${address}\n`).join("")}`,
			...Object.fromEntries(
				written.map((address, at) => [
					`posts/${at}.md`,
					post(`author: a${at}\nimage: { src: ${address}, alt: x }`),
				]),
			),
		});
		expect(await space.build()).toMatchObject({ ok: true, warnings: [] });
		const { posts, site, images } = space.builtContent();
		const avatars = Object.values(site.authors).map(({ avatar }) => avatar ?? "");
		expect(avatars.map((avatar) => images[avatar]?.width)).toEqual(names.map(() => 2));
		const shown = [...posts.map(({ image }) => image?.src ?? ""), ...avatars.map(encodePath)];
		expect(shown.filter((address) => !existsSync(fileOf(space.options.outDir, address)))).toEqual([]);
	});

	it("for any name and any way to write it", () => {
		const segment = fc
			.string({ unit: fc.constantFrom(..."ab #?%&;,@é猫ガ'\"()[]{}+=~^|!$"), minLength: 1, maxLength: 12 })
			.filter((text) => text.trim() === text && !/^\.*$/.test(text));
		fc.assert(
			fc.property(segment, fc.constantFrom(...Object.values(ways)), (name, write) => {
				const path = `/media/${name.normalize("NFC")}`;
				const found = findFile(write(path), "posts", new Set([path]));
				// Percent signs in a name that is itself written encoded may be read both ways.
				if (/%[\da-f]{2}/i.test(path) || (write === encodeURI && /[#?]/.test(path))) return;
				expect(found).toEqual({ path, address: encodePath(path) });
			}),
		);
	});

	it("anywhere in a text", async () => {
		const marks = ["![x](a.png)", "[x](b.md)", '<img alt="x" src="a.png">', '<a href="b.md">x</a>'];
		const files = { "posts/a.png": png(2, 1), "posts/b.md": post("slug: other") };
		const texts = marks.flatMap((mark) => contexts.map((context) => context(mark)));
		const space = workspace({
			...files,
			...Object.fromEntries(texts.map((text, at) => [`posts/in${at}.md`, post("", text)])),
		});
		const result = await space.build();
		expect(result.ok ? space.printed(result.warnings) : space.printed(result.problems)).toEqual([]);
		const { posts } = space.builtContent();
		for (const [at, text] of texts.entries()) {
			const built = posts.find(({ slug }) => slug === `in${at}`);
			const html = built?.html ?? "";
			expect(html, text).toMatch(/(?:src="\/media\/posts\/a\.png|href="\/2024\/03\/31\/other\/)"/);
		}
	});

	it("in the menu, and is reported when it is missing there", async () => {
		const menu = (url: string) => `title: T\nnavigation:\n  - title: X\n    url: ${JSON.stringify(url)}\n`;
		const { site } = await buildFiles({ "media/C# 1.pdf": "x", "site.yaml": menu("/media/C# 1.pdf") });
		expect(site.navigation).toEqual([{ title: "X", url: "/media/C%23%201.pdf" }]);
		expect(await buildProblems({ "site.yaml": menu("/media/none.pdf") })).toEqual([
			'content/site.yaml:4: navigation.url: "/media/none.pdf" does not exist; add content/media/none.pdf.',
		]);
	});

	it("keeps the query and the fragment", () => {
		const files = new Set(["/media/C#.png", "/media/C", "/media/a.svg"]);
		expect(findFile("/media/C#.png", "posts", files)?.address).toBe("/media/C%23.png");
		expect(findFile("/media/C#x", "posts", files)?.address).toBe("/media/C#x");
		expect(findFile("../media/a.svg?v=2#icon", "posts", files)?.address).toBe("/media/a.svg?v=2#icon");
		expect(findFile("../../media/a.svg", "posts", files)).toBeNull();
	});
});

/** The addresses of files in a page's HTML, those of `srcset` one by one. */
function addressesIn(html: string): string[] {
	const addresses: string[] = [];
	const parser = new Parser({
		onopentag(_, { src, href, poster, srcset }) {
			for (const address of [src, href, poster, ...(srcset ?? "").split(/ \dx(?:, )?/)])
				if (address !== undefined && address !== "") addresses.push(address);
		},
	});
	parser.end(html);
	return addresses;
}

/** The address to which the server of static assets redirects another spelling: each segment encoded. */
function redirected(address: string): string {
	const { pathname } = new URL(address, "https://blog.example/2024/03/31/x/");
	return pathname
		.split("/")
		.map((segment) => encodeURIComponent(decodeURIComponent(segment)))
		.join("/");
}

function fileOf(outDir: string, address: string): string {
	return join(outDir, "assets", decodeURIComponent(address));
}
