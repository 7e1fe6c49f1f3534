import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, readSettings } from "../../src/cli/settings.ts";
import { temporaryFolder, writeFiles } from "./temporary.ts";

const settingsOf = (env: Record<string, string>) => {
	const read = readSettings(env);
	if (!read.ok) throw new Error(read.problems.join("\n"));
	return read.settings;
};

const problemsOf = (env: Record<string, string>) => {
	const read = readSettings(env);
	return read.ok ? [] : read.problems;
};

describe("readSettings", () => {
	it("has a default for everything, and takes an empty variable for none", () => {
		const defaults = {
			contentDir: join(projectRoot, "content"),
			outDir: join(projectRoot, ".edgecat"),
			port: 8787,
			persistTo: join(projectRoot, ".wrangler/state"),
		};
		expect(settingsOf({})).toEqual(defaults);
		expect(settingsOf({ CONTENT_DIR: "", PORT: "", PERSIST_TO: "", OUTPUT_DIR: "" })).toEqual(defaults);
	});

	it("reads relative paths from the project's folder", () => {
		expect(settingsOf({ CONTENT_DIR: "src", PERSIST_TO: "state" })).toMatchObject({
			contentDir: join(projectRoot, "src"),
			persistTo: join(projectRoot, "state"),
		});
	});

	it("gives another content folder, or another database, generated files of its own", () => {
		const contentDir = temporaryFolder();
		const persistTo = temporaryFolder();
		expect(settingsOf({ CONTENT_DIR: contentDir, PERSIST_TO: persistTo }).outDir).toBe(
			join(persistTo, "content"),
		);
		expect(settingsOf({ PERSIST_TO: persistTo }).outDir).toBe(join(persistTo, "content"));
		expect(settingsOf({ CONTENT_DIR: contentDir }).outDir).toBe(join(projectRoot, ".wrangler/state/content"));
		expect(settingsOf({ CONTENT_DIR: contentDir, OUTPUT_DIR: "/tmp/out" }).outDir).toBe("/tmp/out");
	});

	it.each(["0", "65536", "80a", "-1", "8787.5", "1e3", " "])(
		"refuses %j as a port and says what one is",
		(PORT) => {
			expect(problemsOf({ PORT })).toEqual([
				`PORT is "${PORT}"; write a whole number from 1 to 65535, such as 8787.`,
			]);
		},
	);

	it("names every setting that is wrong at once", () => {
		const folder = writeFiles(temporaryFolder(), { file: "" });
		const problems = problemsOf({ CONTENT_DIR: "/no/such", PORT: "x", PERSIST_TO: join(folder, "file") });
		expect(problems).toEqual([
			"CONTENT_DIR is /no/such, which is not a folder; name the one that holds site.yaml and posts/.",
			'PORT is "x"; write a whole number from 1 to 65535, such as 8787.',
			`PERSIST_TO is ${folder}/file, which is a file; name a folder, which is made when it is missing.`,
		]);
	});

	it("keeps generated files and content apart, either way round", () => {
		const contentDir = temporaryFolder();
		for (const OUTPUT_DIR of [contentDir, join(contentDir, "out"), join(contentDir, "..")]) {
			expect(problemsOf({ CONTENT_DIR: contentDir, OUTPUT_DIR }).join()).toContain("overlaps CONTENT_DIR");
		}
		expect(problemsOf({ CONTENT_DIR: contentDir, OUTPUT_DIR: `${contentDir}-out` })).toEqual([]);
	});
});
