import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { splitPhrases } from "../../../src/build/break-points.ts";
import { addCards } from "../../../src/build/cards/add-cards.ts";
import { fitTitle } from "../../../src/build/cards/lines.ts";
import { fileLimit } from "../../../src/build/media.ts";
import { samplePost } from "../../support/post.ts";
import { post, workspace } from "../../support/workspace.ts";

/** Measures each character as one wide, halves as a half. */
const measure = (text: string) =>
	Array.from(text, (each) => (/[ -~]/.test(each) ? 0.5 : 1)).reduce((a, b) => a + b, 0);

describe("the lines of a title", () => {
	it.each([
		["日本語の組版をウェブで考える：禁則処理と文字間のアキ、そして約物の半角化について", "ja"],
		["「雲と猫」――クラウドの端で、猫はどのように眠るのか？ エッジコンピューティング入門（第3回）", "ja"],
		["スーパーカリフラジリスティックエクスピアリドーシャスなウェブサイト", "ja"],
		["Purging by tag & “quotes”", "en"],
		["缓存与边缘计算：从零开始（上）", "zh"],
	])("begin and end with no wrong character: %s", (title, lang) => {
		for (let width = 300; width < 1200; width += 37) {
			const { size, lines } = fitTitle(splitPhrases(title, lang), width, measure);
			for (const line of lines) {
				expect(measure(line) * size).toBeLessThanOrEqual(width);
				expect(line).not.toMatch(/^[、。：？」）”ーァィゥェォッャュョ]|[「（“]$/);
			}
		}
	});

	it("are as large as the room allows, about equally long, and break between phrases", () => {
		expect(fitTitle(splitPhrases("はじめての記事", "ja"), 1020, measure)).toEqual({
			size: 84,
			lines: ["はじめての記事"],
		});
		const { lines } = fitTitle(splitPhrases("What a trailing slash costs a small blog", "en"), 1020, measure);
		expect(lines).toEqual(["What a trailing slash", "costs a small blog"]);
	});

	it("hold the whole of any title, or the beginning of one that is too long", () => {
		const character = fc.constantFrom(..."猫と雲、。「」（）ーッaeiou &".split(""), "👩‍👩‍👧");
		fc.assert(
			fc.property(fc.array(character, { minLength: 1, maxLength: 400 }), (characters) => {
				const title = characters.join("").trim();
				const { size, lines } = fitTitle(splitPhrases(title, "ja"), 1020, measure);
				const bare = (text: string) => text.replace(/\s/g, "");
				const shown = bare(lines.join(""));
				expect(lines.length * size * 1.36).toBeLessThanOrEqual(345);
				if (shown.endsWith("…")) expect(bare(title).startsWith(shown.slice(0, -1))).toBe(true);
				else expect(shown).toBe(bare(title));
			}),
		);
	});
});

describe("the images for shared links", () => {
	const files = {
		"site.yaml": "title: 雲と猫\nlanguage: ja\nshare_images: 2\n",
		"media/cover.png": Buffer.from(
			"89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000002000001e221bc330000000049454e44ae426082",
			"hex",
		),
		"posts/own.md": post("title: Own\ndate: 2024-05-05\nimage: { src: /media/cover.png, alt: A }"),
		"posts/draft.md": post("title: Draft\ndate: 2024-05-04\ndraft: true"),
		"posts/ja.md": post("title: はじめての記事\ndate: 2024-05-03"),
		"posts/ar.md": post("title: مرحبا\ndate: 2024-05-02\nlang: ar"),
		"posts/old.md": post("title: Old\ndate: 2024-05-01"),
	};

	it("are drawn for a deployment, of the newest posts without a picture and of the blog", async () => {
		const space = workspace(files);
		expect(await space.build({ cards: true })).toMatchObject({ ok: true });
		const { posts, card } = space.builtContent();
		const cards = Object.fromEntries(posts.map(({ id, card }) => [id, card]));
		// The font has no Arabic, and the third one is beyond the setting.
		expect(cards).toEqual({ own: null, draft: null, ja: expect.any(String), ar: null, old: null });
		const shared = Object.keys(space.output()).filter((path) => path.startsWith("assets/share/"));
		expect(shared.sort()).toEqual([`assets${cards.ja}`, `assets${card}`].sort());
		const picture = sharp(readFileSync(join(space.options.outDir, `assets${cards.ja}`)));
		expect(await picture.metadata()).toMatchObject({ format: "png", width: 1200, height: 630 });
		// The title is a part of the middle, and not of the margin.
		const inkOf = async (left: number) => {
			const part = await sharp(readFileSync(join(space.options.outDir, `assets${cards.ja}`)))
				.extract({ left, top: 180, width: 80, height: 200 })
				.greyscale()
				.raw()
				.toBuffer();
			return Math.min(...part);
		};
		expect(await inkOf(100)).toBeLessThan(60);
		expect(Math.min(await inkOf(0), await inkOf(1115))).toBeGreaterThan(240);
	}, 30_000);

	it("are as many as the platform allows files beside the others", async () => {
		const space = workspace();
		const asset = { path: "x", name: "x", size: 1, modified: 0, stamp: "" };
		const names = Array.from({ length: fileLimit - 4 }, (_, at) => [`/media/${at}`, asset] as const);
		const content = {
			manifest: { site: { title: "T", tagline: "", language: "en" }, card: null },
			posts: [1, 2, 3].map((number) => samplePost({ slug: `p${number}`, title: `Post ${number}` })),
			assets: new Map(names),
			chunks: [],
			external: false,
			search: () => ({ files: new Map([["_search/x", Buffer.from("x")]]) }),
			cardLimit: 100,
		};
		const { posts, assets } = await addCards(
			content as unknown as Parameters<typeof addCards>[0],
			join(space.dir, "cards"),
		);
		expect(posts.map(({ card }) => card !== null)).toEqual([true, true, false]);
		expect(assets.size + 1).toBe(fileLimit);
	}, 30_000);

	it("are drawn once, again when their words change, and not by npm start", async () => {
		const space = workspace({ ...files, "site.yaml": "title: 雲と猫\nlanguage: ja\nshare_images: 1\n" });
		await space.build({ cards: true });
		const stored = () =>
			Object.keys(space.output())
				.filter((path) => path.startsWith("cards/"))
				.map((path) => [path, statSync(join(space.options.outDir, path)).ctimeMs]);
		const before = stored();
		expect(before).toHaveLength(2);
		expect(await space.build({ cards: true })).toMatchObject({ changed: false });
		await space.build();
		expect(space.builtContent()).toMatchObject({ card: null });
		expect(Object.keys(space.output()).some((path) => path.startsWith("assets/share/"))).toBe(false);
		await space.build({ cards: true });
		expect(stored()).toEqual(before);
		space.write("content/posts/ja.md", post("title: 次の記事\ndate: 2024-05-03"));
		await space.build({ cards: true });
		expect(stored().filter((each) => before.some(([path]) => path === each[0]))).toHaveLength(1);
		space.write("content/site.yaml", "title: 雲と猫\nlanguage: ja\nshare_images: 0\n");
		await space.build({ cards: true });
		expect(space.builtContent().posts.every(({ card }) => card === null)).toBe(true);
	}, 30_000);
});
