import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMissingSecrets, ensureSecrets } from "../../src/cli/secrets.ts";
import { temporaryFolder, writeFiles } from "./temporary.ts";

const thirtyTwoBytes = /^[\w-]{43}$/;
const names = Object.keys(createMissingSecrets([]));
const [first = "", ...others] = names;
const created = (wanted: readonly string[]) =>
	Object.fromEntries(wanted.map((name) => [name, expect.stringMatching(thirtyTwoBytes)]));
const linesOf = (secrets: Readonly<Record<string, string>>, wanted: readonly string[]) =>
	wanted.map((name) => `${name}=${secrets[name]}\n`).join("");

describe("ensureSecrets", () => {
	it("creates secrets at the first start, in a file only its owner can read", async () => {
		const folder = join(temporaryFolder(), "not/there/yet");
		const secrets = await ensureSecrets(folder);
		expect(secrets).toEqual(created(names));
		expect(readFileSync(join(folder, "secrets.env"), "utf8")).toBe(linesOf(secrets, names));
		expect(statSync(join(folder, "secrets.env")).mode & 0o777).toBe(0o600);
	});

	it("returns the same secrets afterwards", async () => {
		const folder = temporaryFolder();
		expect(await ensureSecrets(folder)).toEqual(await ensureSecrets(folder));
	});

	it("adds what is missing, and leaves every other line as it was", async () => {
		const written = `# mine\nOTHER=a value\n${first}=`;
		const folder = writeFiles(temporaryFolder(), { "secrets.env": written });
		const secrets = await ensureSecrets(folder);
		expect(secrets).toEqual({ OTHER: "a value", ...created(names) });
		expect(readFileSync(join(folder, "secrets.env"), "utf8")).toBe(`${written}\n${linesOf(secrets, names)}`);
		expect(await ensureSecrets(folder)).toEqual(secrets);
	});

	it("restricts a file that others could read", async () => {
		const folder = writeFiles(temporaryFolder(), { "secrets.env": `${first}=kept\n` });
		expect(await ensureSecrets(folder)).toEqual({ [first]: "kept", ...created(others) });
		expect(statSync(join(folder, "secrets.env")).mode & 0o777).toBe(0o600);
	});
});

describe("createMissingSecrets", () => {
	it("creates a new value each time, only for absent names", () => {
		expect(names).toContain("SIGNING_SECRET");
		expect(createMissingSecrets([])).toEqual(created(names));
		for (const name of names) expect(createMissingSecrets([])[name]).not.toBe(createMissingSecrets([])[name]);
		expect(createMissingSecrets([first, "OTHER"])).toEqual(created(others));
		expect(createMissingSecrets(names)).toEqual({});
	});
});
