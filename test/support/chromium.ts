import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "playwright-core";

const places = [
	process.env.CHROMIUM,
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium to drive, or null when this machine has none where one is looked for. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place)) ?? null;

const shell = "/usr/bin/chromium-headless-shell";

/** One that shows the same pages without a browser's own around them, which takes a third less time, where it is installed. */
export const lightChromiumPath = !process.env.CHROMIUM && existsSync(shell) ? shell : chromiumPath;

/**
 * Starts a Chromium, which on a machine of ours runs as root and reaches no network. `whole` for what only a whole browser
 * does, such as keeping the pages it leaves.
 */
export const launchChromium = ({ whole = false, ...options }: LaunchOptions & { whole?: boolean } = {}) =>
	chromium.launch({
		...options,
		executablePath: (whole ? chromiumPath : lightChromiumPath) ?? "",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
	});
