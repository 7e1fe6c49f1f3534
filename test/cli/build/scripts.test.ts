import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildScripts, clientFolder } from "../../../src/build/scripts.ts";
import { workspace } from "../../support/workspace.ts";

describe("buildScripts", () => {
	it("bundles each client file into one script with a content hash in its address", async () => {
		const { scripts, problems } = await buildScripts();
		expect(problems).toEqual([]);
		const files = readdirSync(clientFolder).filter((name) => name.endsWith(".ts"));
		const names = files.map((name) => name.replace(/\.ts$/, ""));
		expect(Object.keys(scripts).sort()).toEqual(names.sort());
		for (const [name, { path, code }] of Object.entries(scripts)) {
			expect(path).toMatch(new RegExp(`^/scripts/${name}-[0-9a-f]{16}\\.js$`));
			expect(code).not.toMatch(/\b(import|require)\s*\(|\bimport\s+["{]/);
		}
		expect((await buildScripts()).scripts).toEqual(scripts);
	});

	it("reuses the bundle until an input changes", async () => {
		const space = workspace();
		const write = (path: string, text: string) => {
			space.write(path, text);
			// File times are coarse: a file changed just now would not be cached.
			utimesSync(join(space.dir, path), 1, text.length);
		};
		write("client/a.ts", 'import { b } from "./lib/b.ts"; console.log(b);');
		write("client/lib/b.ts", "export const b = 1;");
		const build = () => buildScripts(join(space.dir, "client"));
		const first = await build();
		expect(first.scripts.a?.code).toContain("console.log(1)");
		expect(await build()).toBe(first);
		write("client/lib/b.ts", "export const b = 22;");
		expect((await build()).scripts.a?.code).toContain("console.log(22)");
	});
});
