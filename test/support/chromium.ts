import { existsSync } from "node:fs";

const places = [
	process.env.CHROMIUM,
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium to drive, or null when this machine has none where one is looked for. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place)) ?? null;
