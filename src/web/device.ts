/** The first that matches; most browsers name others beside themselves. */
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

/** A browser in the words its owner would use, such as `Firefox / Linux`, to be told apart in a list; "" when unknown. */
export function deviceOf(userAgent: string | undefined): string {
	const named = (list: typeof browsers) => list.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
	return [named(browsers), named(systems)].filter((name) => name !== undefined).join(" / ");
}
