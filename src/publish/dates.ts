import { Temporal } from "temporal-polyfill";
import type { Reading } from "./fields.ts";

/** A date as written: an instant when it names its offset, else a wall-clock time that needs the site's time zone. */
export type WrittenDate = { instant: Temporal.Instant } | { local: Temporal.PlainDateTime; dayOnly: boolean };

/** A moment of publication: epoch milliseconds, and the day it falls on in the site's time zone. */
export type Moment = { epoch: number; day: { year: number; month: number; day: number } };

/** Reads `YYYY-MM-DD`, or an ISO 8601 date and time with `T` or a space, with or without seconds and an offset. */
export function parseDate(written: string): Reading<WrittenDate> {
	const parts = shape.exec(written)?.groups;
	if (parts === undefined) {
		return { wrong: `"${written}" is not a date; write one such as 2024-03-31 or 2024-03-31T09:30.` };
	}
	const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
	const nearestDay = Temporal.PlainDate.from({ year, month: Math.max(month, 1), day: Math.max(day, 1) });
	if (nearestDay.month !== month || nearestDay.day !== day) {
		return { wrong: `"${written}" is not a day that exists; write a date such as ${nearestDay}.` };
	}
	if (parts.hour === undefined) return { value: { local: nearestDay.toPlainDateTime(), dayOnly: true } };

	const [hour, minute, second] = [Number(parts.hour), Number(parts.minute), Number(parts.second ?? 0)];
	if (hour > 23 || minute > 59 || second > 59) {
		return { wrong: `"${written}" is not a time that exists; write one from 00:00 to 23:59:59.` };
	}
	const millisecond = Number((parts.fraction ?? "").padEnd(3, "0").slice(0, 3));
	const local = nearestDay.toPlainDateTime({ hour, minute, second, millisecond });
	if (parts.offset === undefined) return { value: { local, dayOnly: false } };

	const offset = /^z$/i.test(parts.offset) ? "+00:00" : parts.offset.replace(/^(...):?(..)?$/, withMinutes);
	if (!/^[+-](?:[01]\d|2[0-3]):[0-5]\d$/.test(offset)) {
		return { wrong: `"${written}" has no such offset; write one such as +09:00 or Z.` };
	}
	return { value: { instant: local.toZonedDateTime(offset).toInstant() } };
}

/** When a written date is, for a site in a time zone; a time a clock change skips or repeats is read the usual way. */
export function momentOf(date: WrittenDate, timezone: string): Moment {
	const zoned =
		"instant" in date
			? date.instant.toZonedDateTimeISO(timezone)
			: date.local.toZonedDateTime(timezone, { disambiguation: "compatible" });
	const { epochMilliseconds, year, month, day } = zoned;
	return { epoch: epochMilliseconds, day: { year, month, day } };
}

/** Checks an IANA time zone name and gives its usual spelling. */
export function parseTimezone(written: string): Reading<string> {
	const wrong = `"${written}" is not a time zone; write an IANA name such as Asia/Tokyo, Europe/Paris or UTC.`;
	if (/^[+-]/.test(written)) return { wrong };
	try {
		return { value: Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(written).timeZoneId };
	} catch (error) {
		if (error instanceof RangeError) return { wrong };
		throw error;
	}
}

const shape =
	/^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?(?: ?(?<offset>[Zz]|[+-]\d\d(?::?\d\d)?))?)?$/;

function withMinutes(_: string, hours: string, minutes = "00"): string {
	return `${hours}:${minutes}`;
}
