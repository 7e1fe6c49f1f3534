import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, post } from "../../support/workspace.ts";

const page = (keys: string) => `---\ntitle: T\n${keys}\n---\n`;

describe("translations", () => {
	it("that lost one half are warned about, of posts and of pages", async () => {
		const { warnings, pages } = await buildFiles({
			"posts/a.md": post("translation: whole"),
			"posts/b.md": post("translation: whole\nlang: ja\ndraft: true"),
			"posts/c.md": post("translation: harbour"),
			"posts/d.md": post("translation: harbuor\nlang: ja"),
			"posts/e.md": post("translation: alone"),
			"pages/alone.md": page("translation: alone"),
			"pages/x.md": page("translation: pages"),
			"pages/y.md": page("translation: pages\nlang: ja"),
		});
		expect(pages.map(({ translation }) => translation)).toEqual(["alone", "pages", "pages"]);
		expect(warnings).toEqual([
			'content/pages/alone.md:3: translation: "alone" is the key of no other page; give its translation the same key, or remove this one.',
			'content/posts/c.md:4: translation: "harbour" is the key of no other post; did you mean "harbuor"?',
			'content/posts/d.md:4: translation: "harbuor" is the key of no other post; did you mean "harbour"?',
			'content/posts/e.md:4: translation: "alone" is the key of no other post; give its translation the same key, or remove this one.',
		]);
	});

	it("cannot be in the same language; a post and a page may share a key", async () => {
		expect(
			await buildProblems({
				"posts/a.md": post("translation: x"),
				"posts/b.md": post("translation: x"),
				"pages/a.md": page("translation: x\nlang: ja"),
				"pages/b.md": page("translation: x\nlang: ja"),
			}),
		).toEqual([
			'content/pages/b.md:3: translation: "x" already has a page in ja, content/pages/a.md; change lang or translation.',
			'content/posts/b.md:4: translation: "x" already has a post in en, content/posts/a.md; change lang or translation.',
		]);
	});
});
