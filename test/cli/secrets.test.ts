import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keepSecrets, missingSecrets } from "../../src/cli/secrets.ts";
import { temporaryFolder, writeFiles } from "./temporary.ts";

const thirtyTwoBytes = /^[\w-]{43}$/;
const names = Object.keys(missingSecrets([]));
const [first = "", ...others] = names;
const made = (wanted: readonly string[]) =>
	Object.fromEntries(wanted.map((name) => [name, expect.stringMatching(thirtyTwoBytes)]));
const linesOf = (secrets: Readonly<Record<string, string>>, wanted: readonly string[]) =>
	wanted.map((name) => `${name}=${secrets[name]}\n`).join("");

describe("keepSecrets", () => {
	it("makes secrets at the first start, in a file only its owner can read", async () => {
		const folder = join(temporaryFolder(), "not/there/yet");
		const secrets = await keepSecrets(folder);
		expect(secrets).toEqual(made(names));
		expect(readFileSync(join(folder, "secrets.env"), "utf8")).toBe(linesOf(secrets, names));
		expect(statSync(join(folder, "secrets.env")).mode & 0o777).toBe(0o600);
	});

	it("keeps them afterwards", async () => {
		const folder = temporaryFolder();
		expect(await keepSecrets(folder)).toEqual(await keepSecrets(folder));
	});

	it("adds what is missing, and leaves every other line as it was", async () => {
		const written = `# mine\nOTHER=a value\n${first}=`;
		const folder = writeFiles(temporaryFolder(), { "secrets.env": written });
		const secrets = await keepSecrets(folder);
		expect(secrets).toEqual({ OTHER: "a value", ...made(names) });
		expect(readFileSync(join(folder, "secrets.env"), "utf8")).toBe(`${written}\n${linesOf(secrets, names)}`);
		expect(await keepSecrets(folder)).toEqual(secrets);
	});

	it("closes a file that others could read", async () => {
		const folder = writeFiles(temporaryFolder(), { "secrets.env": `${first}=kept\n` });
		expect(await keepSecrets(folder)).toEqual({ [first]: "kept", ...made(others) });
		expect(statSync(join(folder, "secrets.env")).mode & 0o777).toBe(0o600);
	});
});

describe("missingSecrets", () => {
	it("makes a new value each time, and only for names that are not there", () => {
		expect(names).toContain("SIGNING_SECRET");
		expect(missingSecrets([])).toEqual(made(names));
		for (const name of names) expect(missingSecrets([])[name]).not.toBe(missingSecrets([])[name]);
		expect(missingSecrets([first, "OTHER"])).toEqual(made(others));
		expect(missingSecrets(names)).toEqual({});
	});
});
