import { describe, expect, it } from "vitest";
import { built, post } from "./workspace.ts";

const x = "content/posts/x.md";
const warned = async (body: string) => (await built({ "posts/x.md": post("", body) })).warnings;

describe("raw HTML in a post", () => {
	it("is warned about where the pages' security policy stops it", async () => {
		expect(
			await warned(
				[
					"<script>",
					"alert(1)",
					"</script>",
					"",
					'Text <b style="color: red" onclick="x()">bold</b>.',
					"",
					"> <style>p {}</style>",
					"",
					"<iframe src='https://video.example/'></iframe>",
				].join("\n"),
			),
		).toEqual([
			`${x}:5: <script> does not run in a post: the pages allow no scripts but the blog's own; remove it.`,
			`${x}:9: onclick="…" does not run in a post; remove it.`,
			`${x}:9: style="…" is not applied in a post; give the element a class and put the rule into the theme.`,
			`${x}:11: a style sheet in a post is not applied; put the rules into the theme.`,
			`${x}:13: <iframe> is not shown: the pages show nothing from elsewhere; write a link to it.`,
		]);
	});

	it("is otherwise the writer's business", async () => {
		expect(
			await warned(
				'<details class="x"><summary>One</summary></details>\n\n`<script>`\n\n<!-- <script> -->\n\n<kbd>on=off</kbd>',
			),
		).toEqual([]);
	});

	it("is told of pictures from elsewhere, which are not shown either", async () => {
		expect(await warned("![x](https://a.example/x.png)\n\n<img src='//a.example/y.png' alt='y'>")).toEqual([
			`${x}:5: image "https://a.example/x.png" is on another site, from which the pages show nothing; put a copy into media/.`,
			`${x}:7: image "//a.example/y.png" is on another site, from which the pages show nothing; put a copy into media/.`,
		]);
	});
});
