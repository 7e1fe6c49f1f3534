import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { capnpText, EmbeddedFile } from "../../../src/selfhost/capnp.ts";
import { workerdConfigs } from "../../../src/selfhost/config.ts";
import { SelfhostError } from "../../../src/selfhost/error.ts";
import { parseWorkerSettings } from "../../../src/selfhost/settings.ts";
import { workerdBinary } from "../../../src/selfhost/workerd.ts";

const root = new URL("../../../", import.meta.url);
const settings = parseWorkerSettings(readFileSync(new URL("wrangler.toml", root), "utf8"));

const config = (changes: Partial<Parameters<typeof workerdConfigs>[0]> = {}) =>
	workerdConfigs({
		settings,
		modules: ["index.js"],
		migrations: ["0000_schema.sql"],
		headers: "",
		site: { url: "https://cats.example", author: "Mika" },
		version: { id: "1", timestamp: "2026-01-01T00:00:00.000Z" },
		...changes,
	});

describe("the configuration of workerd", () => {
	it("binds every variable of the Worker but those of development and of Cloudflare’s totals", () => {
		const env = readFileSync(new URL("src/env.ts", root), "utf8");
		const names = [...env.matchAll(/^\t([A-Z_]+)\??: string;$/gm)].map(([, name]) => name);
		expect(names.length).toBeGreaterThan(10);
		const others = ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_ANALYTICS_TOKEN", "DEVELOPMENT", "LOCAL_URL"];
		const text = config()["config.capnp"];
		expect(names.filter((name) => !text?.includes(`fromEnvironment = "${name}"`))).toEqual(others);
	});

	it("takes the modules of the Worker as they are, each by its kind", () => {
		const text = config({
			modules: ["chunks/a.js", "index.js", "posts.txt", "table.json", "x.wasm", "y.bin"],
		})["config.capnp"];
		const kinds = [...(text ?? "").matchAll(/name = "worker\/(.*)",\s+(\w+) = embed "worker\/(.*)"/g)];
		expect(kinds.map(([, name, kind, file]) => [name, kind, name === file])).toEqual([
			["chunks/a.js", "esModule", true],
			["index.js", "esModule", true],
			["posts.txt", "text", true],
			["table.json", "text", true],
			["x.wasm", "wasm", true],
			["y.bin", "data", true],
		]);
	});

	it("keeps the database where it is in every version", () => {
		const configs = config();
		for (const text of [configs["config.capnp"], configs["migration.capnp"]]) {
			expect(text).toContain('uniqueKey = "miniflare-D1DatabaseObject"');
			expect(text).toContain('json = "{\\"database\\":\\"DB\\"}"');
		}
	});
});

describe("capnpText", () => {
	it("writes text in C's escapes, which no quote ends early", () => {
		expect(capnpText('a"\\\n\t猫')).toBe('"a\\"\\\\\\012\\011\\347\\214\\253"');
	});

	it("writes structs, lists and files", () => {
		expect(capnpText({ a: [], b: [1, true], c: { d: new EmbeddedFile("x.js") } })).toBe(
			'(\n  a = [],\n  b = [\n    1,\n    true\n  ],\n  c = (d = embed "x.js")\n)',
		);
	});
});

describe("workerdBinary", () => {
	it("names the system it is for on any other", () => {
		for (const system of [
			{ platform: "darwin", arch: "arm64" },
			{ platform: "linux", arch: "arm64" },
		]) {
			expect(() => workerdBinary(system)).toThrow(SelfhostError);
			expect(() => workerdBinary(system)).toThrow(/Linux on x64 .* darwin arm64|linux arm64/);
		}
	});
});
