import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { withoutSigns, workspace } from "./workspace.ts";

describe("the theme", () => {
	it("is minified and named by its hash for the policy", async () => {
		const space = workspace();
		space.write("theme.css", "/* A comment */\nbody {\n\tfont-family: 游明朝;\n\ttext-wrap: pretty;\n}\n");
		await space.build();
		const { css, csp } = space.imported().theme;
		expect(withoutSigns(css)).toBe("body{font-family:游明朝;text-wrap:pretty}");
		expect(csp).toBe(`'sha256-${createHash("sha256").update(css).digest("base64")}'`);
	});

	it("brings the signs of the reactions the site offers, and no other", async () => {
		const space = workspace();
		space.write("content/site.yaml", "title: Cats\nreactions: [wow, sad]\n");
		await space.build();
		const { css } = space.imported().theme;
		expect([...css.matchAll(/\[value=(\w+)\]/g)].map(([, kind]) => kind)).toEqual(["wow", "sad"]);
	});

	it("is warned about by its line when it has a slip", async () => {
		const space = workspace();
		space.write("theme.css", "body {\n\tcolor red;\n}\n");
		const result = await space.build();
		expect(result.ok ? space.printed(result.warnings) : result).toEqual([
			expect.stringMatching(/^theme\.css:2: Expected ":"/),
		]);
	});

	it("must be there", async () => {
		const space = workspace();
		space.remove("theme.css");
		const result = await space.build();
		expect(result.ok ? result : space.printed(result.problems)).toEqual([
			"theme.css:1: cannot be read (no such file or directory).",
		]);
	});
});
