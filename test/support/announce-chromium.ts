import { chromiumPath } from "./chromium.ts";

/** Says loudly that browser tests cannot run, and fails where nobody would read it. */
export default function setup(): (() => void) | undefined {
	if (chromiumPath !== null) return;
	if (process.env.CI)
		throw new Error("No Chromium found; in CI the browser tests must run. Install it by apt.");
	return () =>
		console.warn(
			[
				"",
				"!!! THE BROWSER TESTS DID NOT RUN: no Chromium was found on this machine.",
				"!!! Install it (Debian: apt-get install chromium) or set CHROMIUM to its path, then run npm test again.",
				"",
			].join("\n"),
		);
}
