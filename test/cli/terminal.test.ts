import { describe, expect, it } from "vitest";
import { printable, printableLines } from "../../src/cli/terminal.ts";

describe("printable", () => {
	it("shows terminal control characters", () => {
		expect(printable("\u001b[2Ja\u0007b\u009bc\u007f\nd")).toBe(
			"<U+001B>[2Ja<U+0007>b<U+009B>c<U+007F><U+000A>d",
		);
	});

	it("shows bidirectional controls and line separators", () => {
		const all = [
			"\u061c",
			"\u200e",
			"\u200f",
			"\u202a",
			"\u202e",
			"\u2066",
			"\u2069",
			"\u2028",
			"\u2029",
			"\ufeff",
		];
		for (const character of all) expect(printable(character)).toMatch(/^<U\+[0-9A-F]{4}>$/);
	});

	it("leaves all scripts and joined emoji unchanged", () => {
		const text = "猫 かな مرحبا שלום नमस्ते 🐈‍⬛ é ½";
		expect(printable(text)).toBe(text);
	});
});

describe("printableLines", () => {
	it("indents every line, whatever the line ending, so that none looks like part of the list", () => {
		expect(printableLines("one\r\ntwo\rthree\n\tfour", "> ")).toBe("> one\n> two\n> three\n>     four");
	});
});
