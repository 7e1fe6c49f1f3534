import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, png, post } from "../../support/workspace.ts";

const x = "content/posts/x.md";

/** Returns the problems of a body that begins on line 5. */
const wrong = (body: string) =>
	buildProblems({ "media/a b.png": png(1, 1), "media/ガ.png": png(1, 1), "posts/x.md": post("", body) });

describe("a reference in a body", () => {
	it("must lead to an existing media file, and is reported at its line", async () => {
		expect(
			await wrong(
				[
					"![x](/media/none.png) and [a file](/media/none.pdf)", // 5
					"",
					"> A quotation", // 7
					"> ![x](/media/quoted.png)", // 8
					"",
					"- one", // 10
					"- ![x](/media/listed.png)", // 11
					"",
					"| a | b |", // 13
					"| - | - |",
					"| ![x](/media/1.gif) | ![x](/media/2.gif) |", // 15
					"",
					"<figure>", // 17
					'<img src="/media/html.png" alt="x">', // 18
					"</figure>",
					"",
					"![x][ref] ![x](/media/none.png)", // 21
					"",
					"[ref]: /media/ref.png",
				].join("\n"),
			),
		).toEqual([
			`${x}:5: image "/media/none.png" does not exist; add content/media/none.png.`,
			`${x}:5: link "/media/none.pdf" does not exist; add content/media/none.pdf.`,
			`${x}:8: image "/media/quoted.png" does not exist; add content/media/quoted.png.`,
			`${x}:11: image "/media/listed.png" does not exist; add content/media/listed.png.`,
			`${x}:15: image "/media/1.gif" does not exist; add content/media/1.gif.`,
			`${x}:15: image "/media/2.gif" does not exist; add content/media/2.gif.`,
			`${x}:18: image "/media/html.png" does not exist; add content/media/html.png.`,
			`${x}:21: image "/media/ref.png" does not exist; add content/media/ref.png.`,
			`${x}:21: image "/media/none.png" does not exist; add content/media/none.png.`,
		]);
	});

	it("finds a media file in any encoding of its name, with a query or a fragment", async () => {
		expect(
			await wrong(
				[
					"![x](/media/a%20b.png) ![x](</media/a b.png>) ![x](/media/a%20b.png?v=2#x)",
					`![x](/media/ガ.png) ![x](/media/${"ガ".normalize("NFD")}.png) ![x](/media/%E3%82%AB%E3%82%99.png)`,
				].join("\n"),
			),
		).toEqual([]);
	});

	it("is reported with a similar file name", async () => {
		expect(await wrong("![x](/media/a_b.pgn)")).toEqual([
			`${x}:5: image "/media/a_b.pgn" does not exist; did you mean "/media/a b.png"?`,
		]);
	});

	it("may be relative to the file, and is reported when nothing is there", async () => {
		expect(
			await wrong(
				"![x](../media/ガ.png) ![x](../media/c/none.png)\n![x](media/a_b.png) ![x](./none.png)\n[f](../../media/f.pdf)",
			),
		).toEqual([
			`${x}:5: image "../media/c/none.png" does not exist; put it beside this file, or into content/media and write /media/c/none.png.`,
			`${x}:6: image "media/a_b.png" does not exist; did you mean "/media/a b.png"?`,
			`${x}:6: image "./none.png" does not exist; put it beside this file, or into content/media and write /media/none.png.`,
			`${x}:7: link "../../media/f.pdf" does not exist; put it beside this file, or into content/media and write /media/f.pdf.`,
		]);
	});

	it("is ignored in code, and when it leads elsewhere", async () => {
		expect(
			await wrong(
				[
					"`![x](/media/none.png)`",
					"",
					"```md",
					"![x](media/none.png)",
					"```",
					"",
					"    ![x](/media/none.png)",
					"",
					'<pre><code><img src="/media/none.png"></code></pre>',
					"",
					"[a](other-post) [b](#here) [c](https://media.example/media/x.png) ![d](https://a.example/x.png) [e](mailto:a@b.example)",
				].join("\n"),
			),
		).toEqual([]);
	});

	it("is checked in pages too", async () => {
		expect(await buildProblems({ "pages/a.md": "---\ntitle: T\n---\n\n![x](/media/x.png)\n" })).toEqual([
			'content/pages/a.md:5: image "/media/x.png" does not exist; add content/media/x.png.',
		]);
	});

	it("adds the dimensions of an image to the body that shows it, and to no other", async () => {
		const { posts, pages } = await buildFiles({
			"media/a.png": png(2, 1),
			"media/b.png": png(9, 9),
			"posts/x.md": post("", "![x](/media/a.png)"),
			"pages/y.md": "---\ntitle: T\n---\nNone.\n",
		});
		expect(posts[0]?.html).toContain('<img src="/media/a.png" alt="x" width="2" height="1"');
		expect(pages[0]?.html).toBe("<p>None.</p>\n");
	});
});
