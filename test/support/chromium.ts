import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

const places = [
	process.env.CHROMIUM,
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium to drive, or null when this machine has none where one is looked for. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place)) ?? null;

/** Starts that Chromium, which on a machine of ours runs as root and reaches no network. */
export const launchChromium = (options: LaunchOptions = {}): Promise<Browser> =>
	chromium.launch({
		...options,
		executablePath: chromiumPath ?? "",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
	});
