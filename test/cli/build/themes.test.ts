import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildStyleSheet } from "../../../src/build/style-sheets.ts";
import { builtInStyles, builtInThemes, defaultTheme, findTheme } from "../../../src/build/themes.ts";
import { buildFiles, buildProblems, customRules } from "../../support/workspace.ts";

const withTheme = (theme: string, files: Record<string, string> = {}) => ({
	"site.yaml": `title: Cats\nlanguage: en\ntheme: ${theme}\n`,
	...files,
});

const properties = (css: string) =>
	[...css.matchAll(/^\t(--[\w-]+):/gm)].map(([, name = ""]) => name).toSorted();

describe("theme: in site.yaml", () => {
	it("is the default theme unless another is chosen", async () => {
		const { css } = (await buildFiles({ "site.yaml": "title: Cats\n" })).theme;
		expect(await customRules(css)).toBe("");
		expect((await buildFiles(withTheme("default"))).theme.css).toBe(css);
	});

	it("picks a built-in theme, which replaces the default one", async () => {
		const { css } = (await buildFiles(withTheme("folio"))).theme;
		const folio = findTheme("content", "folio");
		const { style } = await buildStyleSheet("value" in folio ? folio.value : []);
		expect(css.startsWith(style.css)).toBe(true);
		expect(css.match(/--paper:/g)).toHaveLength(1);
	});

	it("picks a file of content/themes/, which is added to the default theme", async () => {
		const files = { "themes/sea.css": ":root { --link: teal; }", "themes/deep/海.css": "a { color: red }" };
		const custom = async (theme: string) =>
			customRules((await buildFiles(withTheme(theme, files))).theme.css);
		expect(await custom("sea.css")).toBe(":root{--link: teal}");
		expect(await custom("deep/海.css")).toBe("a{color:red}");
	});

	it.each([
		[
			"foilo",
			`"foilo" is not a theme; did you mean "folio"? The themes are ${builtInThemes.join(", ")}, sea.css.`,
		],
		[
			"sea",
			`"sea" is not a theme; did you mean "sea.css"? The themes are ${builtInThemes.join(", ")}, sea.css.`,
		],
		[
			"see.css",
			`"see.css" is not a file in content/themes/; did you mean "sea.css"? The themes are ${builtInThemes.join(", ")}, sea.css.`,
		],
		[
			"../secret.css",
			`"../secret.css" is not a file in content/themes/; the themes are ${builtInThemes.join(", ")}, sea.css.`,
		],
		["brutalist", `"brutalist" is not a theme; the themes are ${builtInThemes.join(", ")}, sea.css.`],
	])("fails the build if there is no such theme: %s", async (theme, message) => {
		const files = { "themes/sea.css": "", "secret.css": "" };
		expect(await buildProblems(withTheme(theme, files))).toEqual([`content/site.yaml:3: theme: ${message}`]);
	});

	it("must be text", async () => {
		expect(await buildProblems(withTheme("{ name: folio }"))).toEqual([
			"content/site.yaml:3: theme: must be text, not a map; write it on one line.",
		]);
	});
});

describe("every built-in theme", () => {
	const read = (name: string) =>
		readFileSync(builtInStyles.find((path) => path.endsWith(`/${name}.css`)) ?? "", "utf8");

	it("sets every property of the documented table", () => {
		const guide = readFileSync(".github/docs/themes.md", "utf8");
		const documented = [...guide.matchAll(/^\| (`--.+?`) \|/gm)].flatMap(([, names = ""]) =>
			Array.from(names.matchAll(/`(--[\w-]+)`/g), ([, name = ""]) => name),
		);
		const optional = ["--green", "--purple", "--amber"];
		const required = documented.filter((name) => !optional.includes(name)).toSorted();
		expect(properties(read("default"))).toEqual(required);
		expect(documented.length - required.length).toBe(optional.length);
		for (const name of builtInThemes)
			expect(properties(read(name)), name).toEqual(expect.arrayContaining(required));
		expect(builtInThemes.length).toBeGreaterThanOrEqual(2);
	});

	it("has no property that nothing uses, and uses none that is not set", () => {
		const rules = ["base", "prose", "admin"]
			.map((name) => readFileSync(`src/web/ui/${name}.css`, "utf8"))
			.join("");
		for (const name of properties(read("default"))) expect(rules + read("default")).toContain(`var(${name})`);
		const set = new Set([...`${read("default")}${rules}`.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
		const unset = [...rules.matchAll(/var\((--[\w-]+)\)/g)]
			.map(([, name]) => name)
			.filter((name) => !set.has(name));
		expect([...new Set(unset)]).toEqual(["--icon"]);
	});

	it("adds little to a page", async () => {
		const weigh = async (paths: readonly string[]) =>
			gzipSync((await buildStyleSheet(paths)).style.css).length;
		const standard = await weigh(defaultTheme);
		expect(standard).toBeLessThan(5 * 1024);
		for (const name of builtInThemes) {
			const found = findTheme("content", name);
			expect(await weigh("value" in found ? found.value : [])).toBeLessThan(standard + 1024);
		}
	});
});
