/** Browsers by pattern; the first match counts, as most user agents name other browsers too. */
const browsers: readonly [RegExp, string][] = [
	[/Edg(?:e|A|iOS)?\//, "Edge"],
	[/OPR\//, "Opera"],
	[/Firefox\/|FxiOS\//, "Firefox"],
	[/Chrom(?:e|ium)\/|CriOS\//, "Chrome"],
	[/Safari\//, "Safari"],
];

const systems: readonly [RegExp, string][] = [
	[/iPhone/, "iPhone"],
	[/iPad/, "iPad"],
	[/Android/, "Android"],
	[/Windows/, "Windows"],
	[/Mac OS X/, "macOS"],
	[/CrOS/, "ChromeOS"],
	[/Linux/, "Linux"],
];

/** Names a browser for a list of sessions, such as `Firefox / Linux`; "" when unknown. */
export function deviceOf(userAgent: string | undefined): string {
	const named = (list: typeof browsers) => list.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
	return [named(browsers), named(systems)].filter((name) => name !== undefined).join(" / ");
}
