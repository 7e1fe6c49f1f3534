import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientFolder, readScripts } from "../../src/publish/scripts.ts";

describe("readScripts", () => {
	it("makes one self-contained script of each client file, at an address that follows its content", async () => {
		const { scripts, problems } = await readScripts();
		expect(problems).toEqual([]);
		const files = readdirSync(clientFolder).filter((name) => name.endsWith(".ts"));
		const names = files.map((name) => name.replace(/\.ts$/, ""));
		expect(Object.keys(scripts).sort()).toEqual(names.sort());
		for (const [name, { path, code }] of Object.entries(scripts)) {
			expect(path).toMatch(new RegExp(`^/scripts/${name}-[0-9a-f]{16}\\.js$`));
			expect(code).not.toMatch(/\b(import|require)\s*\(|\bimport\s+["{]/);
		}
		expect((await readScripts()).scripts).toEqual(scripts);
	});
});
