import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, readConfig } from "../../src/cli/config.ts";
import { temporaryFolder, writeFiles } from "./temporary.ts";

const configOf = (env: Record<string, string>) => {
	const read = readConfig(env);
	if (!read.ok) throw new Error(read.problems.join("\n"));
	return read.config;
};

const problemsOf = (env: Record<string, string>) => {
	const read = readConfig(env);
	return read.ok ? [] : read.problems;
};

describe("readConfig", () => {
	it("has defaults, which apply to empty variables too", () => {
		const defaults = {
			contentDir: join(projectRoot, "content"),
			outDir: join(projectRoot, ".edgecat"),
			port: 8787,
			persistTo: join(projectRoot, ".wrangler/state"),
			cronSeconds: 60,
		};
		expect(configOf({})).toEqual(defaults);
		expect(configOf({ CONTENT_DIR: "", PORT: "", PERSIST_TO: "", OUTPUT_DIR: "" })).toEqual(defaults);
	});

	it("resolves relative paths from the project's folder", () => {
		expect(configOf({ CONTENT_DIR: "src", PERSIST_TO: "state" })).toMatchObject({
			contentDir: join(projectRoot, "src"),
			persistTo: join(projectRoot, "state"),
		});
	});

	it("keeps generated files of another content folder or database apart", () => {
		const contentDir = temporaryFolder();
		const persistTo = temporaryFolder();
		expect(configOf({ CONTENT_DIR: contentDir, PERSIST_TO: persistTo }).outDir).toBe(
			join(persistTo, "content"),
		);
		expect(configOf({ PERSIST_TO: persistTo }).outDir).toBe(join(persistTo, "content"));
		expect(configOf({ CONTENT_DIR: contentDir }).outDir).toBe(join(projectRoot, ".wrangler/state/content"));
		expect(configOf({ CONTENT_DIR: contentDir, OUTPUT_DIR: "/tmp/out" }).outDir).toBe("/tmp/out");
	});

	it.each(["0", "65536", "80a", "-1", "8787.5", "1e3", " "])(
		"refuses %j as a port, with an example",
		(PORT) => {
			expect(problemsOf({ PORT })).toEqual([
				`PORT is "${PORT}"; use a whole number from 1 to 65535, such as 8787.`,
			]);
		},
	);

	it.each(["0", "3601", "1.5", "-1", "soon"])(
		"refuses %j as the seconds between cron jobs",
		(CRON_SECONDS) => {
			expect(problemsOf({ CRON_SECONDS })).toEqual([
				`CRON_SECONDS is "${CRON_SECONDS}"; use a whole number from 1 to 3600.`,
			]);
		},
	);

	it("reports all invalid settings at once", () => {
		const folder = writeFiles(temporaryFolder(), { file: "" });
		const problems = problemsOf({ CONTENT_DIR: "/no/such", PORT: "x", PERSIST_TO: join(folder, "file") });
		expect(problems).toEqual([
			"CONTENT_DIR is /no/such, which is not a folder; name the one with site.yaml and posts/.",
			'PORT is "x"; use a whole number from 1 to 65535, such as 8787.',
			`PERSIST_TO is ${folder}/file, which is a file; name a folder (created if missing).`,
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
