import { Temporal } from "temporal-polyfill";
import type { ParseResult } from "./fields.ts";

/** A parsed date: an instant if it has an offset, otherwise a local time in the site's time zone. */
export type ParsedDate = { instant: Temporal.Instant } | { local: Temporal.PlainDateTime; dayOnly: boolean };

/** A point in time: epoch milliseconds, and its calendar day in the site's time zone. */
export type Moment = { epoch: number; day: { year: number; month: number; day: number } };

/** Parses `YYYY-MM-DD`, or an ISO 8601 date and time with `T` or a space, with or without seconds and offset. */
export function parseDate(input: string): ParseResult<ParsedDate> {
	const parts = shape.exec(input)?.groups;
	if (parts === undefined) {
		return { error: `"${input}" is not a date; write one such as 2024-03-31 or 2024-03-31T09:30.` };
	}
	const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
	const nearestDay = Temporal.PlainDate.from({ year, month: Math.max(month, 1), day: Math.max(day, 1) });
	if (nearestDay.month !== month || nearestDay.day !== day) {
		return { error: `"${input}" does not exist; write a date such as ${nearestDay}.` };
	}
	if (parts.hour === undefined) return { value: { local: nearestDay.toPlainDateTime(), dayOnly: true } };

	const [hour, minute, second] = [Number(parts.hour), Number(parts.minute), Number(parts.second ?? 0)];
	if (hour > 23 || minute > 59 || second > 59) {
		return { error: `"${input}" is not a valid time; write one from 00:00 to 23:59:59.` };
	}
	const millisecond = Number((parts.fraction ?? "").padEnd(3, "0").slice(0, 3));
	const local = nearestDay.toPlainDateTime({ hour, minute, second, millisecond });
	if (parts.offset === undefined) return { value: { local, dayOnly: false } };

	const offset = /^z$/i.test(parts.offset) ? "+00:00" : parts.offset.replace(/^(...):?(..)?$/, withMinutes);
	if (!/^[+-](?:[01]\d|2[0-3]):[0-5]\d$/.test(offset)) {
		return { error: `"${input}" has an invalid UTC offset; write one such as +09:00 or Z.` };
	}
	return { value: { instant: local.toZonedDateTime(offset).toInstant() } };
}

/** Resolves a date in a time zone; times skipped or repeated by a clock change follow the `compatible` rule. */
export function resolveDate(date: ParsedDate, timezone: string): Moment {
	const known = moments.get(date);
	if (known?.timezone === timezone) return known.moment;
	const zoned =
		"instant" in date
			? date.instant.toZonedDateTimeISO(timezone)
			: date.local.toZonedDateTime(timezone, { disambiguation: "compatible" });
	const { epochMilliseconds, year, month, day } = zoned;
	const moment = { epoch: epochMilliseconds, day: { year, month, day } };
	moments.set(date, { timezone, moment });
	return moment;
}

/** Caches the moments of dates, which unchanged files keep between builds. */
const moments = new WeakMap<ParsedDate, { timezone: string; moment: Moment }>();

/** Validates an IANA time zone name and returns its canonical spelling. */
export function parseTimezone(input: string): ParseResult<string> {
	const message = `"${input}" is not a time zone; write an IANA name such as Asia/Tokyo, Europe/Paris or UTC.`;
	if (/^[+-]/.test(input)) return { error: message };
	try {
		return { value: Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(input).timeZoneId };
	} catch (error) {
		if (error instanceof RangeError) return { error: message };
		throw error;
	}
}

const shape =
	/^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?(?: ?(?<offset>[Zz]|[+-]\d\d(?::?\d\d)?))?)?$/;

function withMinutes(_: string, hours: string, minutes = "00"): string {
	return `${hours}:${minutes}`;
}
