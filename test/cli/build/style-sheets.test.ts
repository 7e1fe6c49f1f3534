import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildStyleSheet, minify } from "../../../src/build/style-sheets.ts";
import { customRules, workspace } from "../../support/workspace.ts";

/** A workspace with a custom theme, which the site uses. */
const themed = (css: string, file = "sea.css") =>
	workspace({ "site.yaml": `title: Cats\ntheme: ${file}\n`, "themes/sea.css": css });

describe("the theme", () => {
	it("is minified and has a CSP hash", async () => {
		const space = themed("/* A comment */\nbody {\n\tfont-family: 游明朝;\n\ttext-wrap: pretty;\n}\n");
		await space.build();
		const { css, csp } = space.builtContent().theme;
		expect(await customRules(css)).toBe("body{font-family:游明朝;text-wrap:pretty}");
		expect(csp).toBe(`'sha256-${createHash("sha256").update(css).digest("base64")}'`);
	});

	it("includes the icons of the enabled reactions only", async () => {
		const space = workspace();
		space.write("content/site.yaml", "title: Cats\nreactions: [wow, sad]\n");
		await space.build();
		const { css } = space.builtContent().theme;
		expect([...css.matchAll(/\[value=(\w+)\]/g)].map(([, kind]) => kind)).toEqual(["wow", "sad"]);
	});

	it("is warned about at the line of a syntax error", async () => {
		const space = themed("body {\n\tcolor red;\n}\n");
		const result = await space.build();
		expect(result.ok ? space.printed(result.warnings) : result).toEqual([
			expect.stringMatching(/^content\/themes\/sea\.css:2: Expected ":"/),
		]);
	});

	it("is warned about at the line of a rule that the Content Security Policy blocks", async () => {
		const space = themed(
			'@import "x.css";\n/* @import */\n@font-face {\n\tsrc: url(/media/x.woff2);\n}\n' +
				"body {\n\tbackground: url( 'https://example.com/x.png');\n}\na {\n\tbackground: url(/media/x.png);\n}\n",
		);
		const result = await space.build();
		expect(result.ok ? space.printed(result.warnings) : result).toEqual([
			"content/themes/sea.css:1: @import is blocked; copy the rules into this file.",
			"content/themes/sea.css:3: @font-face is blocked; name fonts that readers have.",
			"content/themes/sea.css:7: images of other sites are blocked; put the image in content/media/ and write url(/media/…).",
		]);
	});

	it("does not end the page's style element or swallow the rules after it", async () => {
		const space = themed('a::before {\n\tcontent: "</style><script>";\n');
		await space.build();
		const { css } = space.builtContent().theme;
		expect(css).not.toMatch(/<\/style/i);
		expect(await customRules(css)).toMatch(/^a:before\{.*\}$/);
	});

	it("is minified again only when it changes", async () => {
		const space = themed("a { color: red }");
		const build = async () => (await buildStyleSheet([join(space.dir, "content/themes/sea.css")])).style.css;
		expect(await build()).toBe("a{color:red}");
		expect(await minify("a { color: red }")).toBe(await minify("a { color: red }"));
		space.write("content/themes/sea.css", "a{color:#00f}");
		expect(await build()).toBe("a{color:#00f}");
	});

	it("must be readable", async () => {
		const space = workspace();
		const { problems } = await buildStyleSheet([join(space.dir, "gone.css")]);
		expect(space.printed(problems)).toEqual(["gone.css:1: cannot be read (no such file or directory)."]);
	});

	it("must be UTF-8", async () => {
		const space = themed("");
		space.write("content/themes/sea.css", Uint8Array.of(0x61, 0x0a, 0xff));
		const result = await space.build();
		expect(result.ok ? result : space.printed(result.problems)).toEqual([
			"content/themes/sea.css:2: is not UTF-8; save the file as UTF-8.",
		]);
	});
});
