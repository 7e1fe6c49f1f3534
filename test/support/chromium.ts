import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions } from "playwright-core";

const places = [
	process.env.CHROMIUM,
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium to drive, or null if this machine has none in the usual places. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place)) ?? null;

const shell = "/usr/bin/chromium-headless-shell";

/** Chromium without its own interface, if installed: it shows the same pages in two thirds of the time. */
export const lightChromiumPath = !process.env.CHROMIUM && existsSync(shell) ? shell : chromiumPath;

/** Asks for no motion: the fade between two pages draws a dozen frames, and clicks wait for it. */
const still = { reducedMotion: "reduce" } satisfies BrowserContextOptions;

let shared: Promise<Browser> | undefined;

/**
 * Returns a Chromium, which all test files of a process share: closing it closes its pages. Tests of what only a complete
 * browser does, such as keeping the pages it leaves, set `whole`; they get one of their own, as do those with options, and
 * only there pages may move unless a test asks for it.
 */
export async function launchChromium({
	whole = false,
	...options
}: LaunchOptions & { whole?: boolean } = {}): Promise<Browser> {
	if (whole || Object.keys(options).length > 0)
		return start(whole ? chromiumPath : lightChromiumPath, options);
	shared ??= start(lightChromiumPath, {});
	const browser = await shared;
	const close = () => Promise.all(browser.contexts().map((context) => context.close()));
	return new Proxy(browser, {
		get(target, name) {
			if (name === "close") return close;
			if (name === "newContext")
				return (options: BrowserContextOptions) => target.newContext({ ...still, ...options });
			if (name === "newPage")
				return (options: BrowserContextOptions) => target.newPage({ ...still, ...options });
			const value: unknown = Reflect.get(target, name);
			return typeof value === "function" ? value.bind(target) : value;
		},
	});
}

/** Without a sandbox, since continuous integration runs as root, and without requests of its own. */
const start = (executablePath: string | null, options: LaunchOptions): Promise<Browser> =>
	chromium.launch({
		...options,
		executablePath: executablePath ?? "",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
	});
