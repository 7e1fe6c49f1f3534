import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

type Entry = { integrity?: string; link?: boolean };

/** Packages whose entry has no checksum, with the reason: npm installs whatever the registry sends for them. */
const unchecked: Record<string, string> = {};

it("every package in the lockfile has a checksum, or is listed with the reason why not", () => {
	const lock = readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8");
	const packages = Object.entries((JSON.parse(lock) as { packages: Record<string, Entry> }).packages);
	const without = packages.filter(
		// The root entry is this project itself.
		([path, { integrity, link }]) => path !== "" && link !== true && !integrity?.startsWith("sha512-"),
	);
	expect(packages.length).toBeGreaterThan(100);
	expect(without.map(([path]) => path).toSorted()).toEqual(Object.keys(unchecked).toSorted());
});
