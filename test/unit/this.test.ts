import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const src = new URL("../../src", import.meta.url).pathname;
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
	.filter((name) => /\.tsx?$/.test(name))
	.map((name) => ({ name, text: readFileSync(join(src, name), "utf8") }));

/** Removes comments and strings, in which the word is no keyword. */
const codeOf = (text: string) =>
	text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gm, "");

describe("`this`", () => {
	it("is in no object that may be destructured: only in classes, and where marked calls a renderer with itself", () => {
		const uses = files.filter(({ text }) => /\bthis\b/.test(codeOf(text)));
		const wrong = uses.filter(
			({ name, text }) =>
				!/^(export )?class \w/m.test(text) && !/^(posts\/markdown[./]|comments\/markdown\.ts)/.test(name),
		);
		expect(uses.length).toBeGreaterThan(3);
		expect(wrong.map(({ name }) => name)).toEqual([]);
	});
});
