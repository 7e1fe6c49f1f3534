const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formats a day in long form: `31 March 2009`, `2009年3月31日`. */
export function formatDay(instant: number, lang: string, timeZone: string): string {
	return formatter("day", lang, timeZone, { dateStyle: "long", timeZone }).format(instant);
}

/** Formats a day with hour and minute, for comments. */
export function formatMinute(instant: number, lang: string, timeZone: string): string {
	return formatter("minute", lang, timeZone, { dateStyle: "long", timeStyle: "short", timeZone }).format(
		instant,
	);
}

/** Formats a month: `March 2009`, `2009年3月`. `month` counts from 1. */
export function formatMonth(year: number, month: number, lang: string): string {
	const options = { year: "numeric", month: "long", timeZone: "UTC" } as const;
	return formatter("month", lang, "UTC", options).format(Date.UTC(year, month - 1));
}

/** Formats a year: `2009`, `2009年`. */
export function formatYear(year: number, lang: string): string {
	return formatter("year", lang, "UTC", { year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, 0));
}

/** Returns a cached formatter: creating one costs a hundred times as much as using it. */
function formatter(style: string, lang: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
	const key = `${style} ${lang} ${timeZone}`;
	const known = formatters.get(key);
	if (known !== undefined) return known;
	const created = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options);
	formatters.set(key, created);
	return created;
}

/**
 * Returns the instant (epoch milliseconds) at which a day such as `2026-03-31`, plus `days`, begins in a time zone; null
 * when `date` is not a date.
 */
export function startOfDay(date: string, days: number, timeZone: string): number | null {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
	const midnight = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
	if (Number.isNaN(midnight)) return null;
	// Computed twice: the offset at local midnight may differ from the one at midnight UTC.
	const guess = midnight - offsetAt(midnight, timeZone);
	return midnight - offsetAt(guess, timeZone);
}

/** Returns the milliseconds by which a time zone is ahead of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
	const options = { timeZone, timeZoneName: "longOffset" } as const;
	const parts = formatter("offset", "en", timeZone, options).formatToParts(instant);
	const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
	const [, sign, hours = "0", minutes = "0"] = /([+-])(\d{2}):?(\d{2})?/.exec(name) ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
