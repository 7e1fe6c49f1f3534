const formatters = new Map<string, Intl.DateTimeFormat>();

/** A day as people write it: `31 March 2009`, `2009年3月31日`. */
export function formatDay(instant: number, lang: string, timeZone: string): string {
	return formatter("day", lang, timeZone, { dateStyle: "long", timeZone }).format(instant);
}

/** A day and the minute, for comments. */
export function formatMinute(instant: number, lang: string, timeZone: string): string {
	return formatter("minute", lang, timeZone, { dateStyle: "long", timeStyle: "short", timeZone }).format(
		instant,
	);
}

/** A month as people write it: `March 2009`, `2009年3月`. `month` counts from 1. */
export function formatMonth(year: number, month: number, lang: string): string {
	const options = { year: "numeric", month: "long", timeZone: "UTC" } as const;
	return formatter("month", lang, "UTC", options).format(Date.UTC(year, month - 1));
}

/** A year as people write it: `2009`, `2009年`. */
export function formatYear(year: number, lang: string): string {
	return formatter("year", lang, "UTC", { year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, 0));
}

/** Making a formatter costs a hundred times what using it does, so each is made once. */
function formatter(style: string, lang: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
	const key = `${style} ${lang} ${timeZone}`;
	const known = formatters.get(key);
	if (known !== undefined) return known;
	const made = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options);
	formatters.set(key, made);
	return made;
}

/**
 * The instant (epoch milliseconds) at which a day written `2026-03-31`, or one `later` days after it, begins in a time
 * zone; null when that is no day.
 */
export function startOfDay(written: string, later: number, timeZone: string): number | null {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return null;
	const midnight = Date.parse(`${written}T00:00:00Z`) + later * 86_400_000;
	if (Number.isNaN(midnight)) return null;
	// Twice, because the offset at midnight there is not always that at midnight in UTC.
	const guess = midnight - offsetAt(midnight, timeZone);
	return midnight - offsetAt(guess, timeZone);
}

/** Milliseconds by which a time zone is ahead of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
	const options = { timeZone, timeZoneName: "longOffset" } as const;
	const parts = formatter("offset", "en", timeZone, options).formatToParts(instant);
	const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
	const [, sign, hours = "0", minutes = "0"] = /([+-])(\d{2}):?(\d{2})?/.exec(name) ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
