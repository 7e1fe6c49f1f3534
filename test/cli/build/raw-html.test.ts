import { describe, expect, it } from "vitest";
import { buildFiles, post } from "../../support/workspace.ts";

const x = "content/posts/x.md";
const warned = async (body: string) => (await buildFiles({ "posts/x.md": post("", body) })).warnings;

describe("raw HTML in a post", () => {
	it("is warned about where the CSP blocks it", async () => {
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
			`${x}:5: <script> is blocked, because pages run only the blog's own scripts; remove it.`,
			`${x}:9: onclick="…" is blocked; remove it.`,
			`${x}:9: style="…" is blocked; use a class and add the rule to the theme.`,
			`${x}:11: style sheets in posts are blocked; move the rules to the theme.`,
			`${x}:13: <iframe> is blocked, because pages embed nothing from other sites; link to it instead.`,
		]);
	});

	it("is otherwise accepted", async () => {
		expect(
			await warned(
				'<details class="x"><summary>One</summary></details>\n\n`<script>`\n\n<!-- <script> -->\n\n<kbd>on=off</kbd>',
			),
		).toEqual([]);
	});

	it("is read as a browser reads it", async () => {
		expect(
			await warned(
				[
					"<p title='<script>'>x</p>",
					"",
					'<p data-style="x" title="a style=b">x</p>',
					"",
					"<LINK href=x.css",
					"  REL=stylesheet>",
					"",
					"<b",
					"  STYLE=color:red>x</b>",
				].join("\n"),
			),
		).toEqual([
			`${x}:9: style sheets in posts are blocked; move the rules to the theme.`,
			`${x}:13: style="…" is blocked; use a class and add the rule to the theme.`,
		]);
	});

	it("is warned about images from other sites, which are blocked", async () => {
		expect(await warned("![x](https://a.example/x.png)\n\n<img src='//a.example/y.png' alt='y'>")).toEqual([
			`${x}:5: image "https://a.example/x.png" is on another site and will not be shown; copy it to media/.`,
			`${x}:7: image "//a.example/y.png" is on another site and will not be shown; copy it to media/.`,
		]);
	});
});
