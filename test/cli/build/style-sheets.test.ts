import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildStyleSheet } from "../../../src/build/style-sheets.ts";
import { withoutReactionIcons, workspace } from "../../support/workspace.ts";

describe("the theme", () => {
	it("is minified and has a CSP hash", async () => {
		const space = workspace();
		space.write("theme.css", "/* A comment */\nbody {\n\tfont-family: 游明朝;\n\ttext-wrap: pretty;\n}\n");
		await space.build();
		const { css, csp } = space.builtContent().theme;
		expect(withoutReactionIcons(css)).toBe("body{font-family:游明朝;text-wrap:pretty}");
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
		const space = workspace();
		space.write("theme.css", "body {\n\tcolor red;\n}\n");
		const result = await space.build();
		expect(result.ok ? space.printed(result.warnings) : result).toEqual([
			expect.stringMatching(/^theme\.css:2: Expected ":"/),
		]);
	});

	it("is minified again only when it changes", async () => {
		const space = workspace();
		const build = () => buildStyleSheet(join(space.dir, "theme.css"));
		const first = await build();
		expect((await build()).style).toBe(first.style);
		space.write("theme.css", "a{color:#00f}");
		expect((await build()).style.css).toBe("a{color:#00f}");
	});

	it("must exist", async () => {
		const space = workspace();
		space.remove("theme.css");
		const result = await space.build();
		expect(result.ok ? result : space.printed(result.problems)).toEqual([
			"theme.css:1: cannot be read (no such file or directory).",
		]);
	});
});
