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
