import { describe, expect, it } from "vitest";
import { momentOf, parseDate, parseTimezone } from "../../src/publish/dates.ts";

/** The instant and the day in the zone, as text. */
function at(written: string, timezone: string): string {
	const reading = parseDate(written);
	if ("wrong" in reading) return reading.wrong;
	const { epoch, day } = momentOf(reading.value, timezone);
	return `${new Date(epoch).toISOString()} ${day.year}-${day.month}-${day.day}`;
}

describe("a written date", () => {
	it("is midnight in the site's time zone when it is a day", () => {
		expect(at("2024-03-31", "UTC")).toBe("2024-03-31T00:00:00.000Z 2024-3-31");
		expect(at("2024-03-31", "Asia/Tokyo")).toBe("2024-03-30T15:00:00.000Z 2024-3-31");
		expect(at("2024-07-01", "America/New_York")).toBe("2024-07-01T04:00:00.000Z 2024-7-1");
		expect(at("2024-01-01", "America/New_York")).toBe("2024-01-01T05:00:00.000Z 2024-1-1");
	});

	it("is in the site's time zone when it names no offset, with T or a space, with or without seconds", () => {
		for (const written of [
			"2009-03-31T12:34",
			"2009-03-31 12:34",
			"2009-03-31T12:34:00",
			"2009-03-31t12:34:00.000",
		]) {
			expect(at(written, "Asia/Tokyo")).toBe("2009-03-31T03:34:00.000Z 2009-3-31");
		}
		expect(at("2009-03-31T12:34:56.789", "UTC")).toBe("2009-03-31T12:34:56.789Z 2009-3-31");
	});

	it("is taken as is when it names an offset, and falls on the day it is in the site's time zone", () => {
		for (const written of [
			"2024-12-31T20:00Z",
			"2024-12-31 20:00:00 +0000",
			"2025-01-01T05:00+09:00",
			"2025-01-01T05:00+09",
		]) {
			expect(at(written, "Asia/Tokyo")).toBe("2024-12-31T20:00:00.000Z 2025-1-1");
		}
		expect(at("2024-06-01T00:00-03:30", "UTC")).toBe("2024-06-01T03:30:00.000Z 2024-6-1");
	});

	it("is moved on by the length of the gap when a clock change skips it", () => {
		expect(at("2024-03-31T02:30", "Europe/Berlin")).toBe("2024-03-31T01:30:00.000Z 2024-3-31");
	});

	it("is the first of the two when a clock change repeats it", () => {
		expect(at("2024-10-27T02:30", "Europe/Berlin")).toBe("2024-10-27T00:30:00.000Z 2024-10-27");
	});

	it("is the day's first instant where the clock change is at midnight", () => {
		expect(at("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z 2018-11-4");
	});

	it("is refused with a day that would do when the day does not exist", () => {
		expect(at("2024-02-30", "UTC")).toBe(
			'"2024-02-30" is not a day that exists; write a date such as 2024-02-29.',
		);
		expect(at("2023-02-29T10:00", "UTC")).toBe(
			'"2023-02-29T10:00" is not a day that exists; write a date such as 2023-02-28.',
		);
		expect(at("2024-13-01", "UTC")).toBe(
			'"2024-13-01" is not a day that exists; write a date such as 2024-12-01.',
		);
		expect(at("2024-00-00", "UTC")).toBe(
			'"2024-00-00" is not a day that exists; write a date such as 2024-01-01.',
		);
	});

	it("is refused when the time or the offset does not exist", () => {
		for (const time of ["24:00", "12:60", "12:00:60"]) {
			expect(at(`2024-01-01T${time}`, "UTC")).toBe(
				`"2024-01-01T${time}" is not a time that exists; write one from 00:00 to 23:59:59.`,
			);
		}
		expect(at("2024-01-01T12:00+25:00", "UTC")).toBe(
			'"2024-01-01T12:00+25:00" has no such offset; write one such as +09:00 or Z.',
		);
	});

	it("is refused in any other form", () => {
		for (const written of [
			"31/03/2024",
			"March 31, 2024",
			"2024-3-1",
			"2024",
			"20240331",
			"2024-03-31T9:00",
			"2024-03-31Z",
		]) {
			expect(at(written, "UTC")).toBe(
				`"${written}" is not a date; write one such as 2024-03-31 or 2024-03-31T09:30.`,
			);
		}
	});
});

describe("a time zone", () => {
	it("is known by its IANA name in any case", () => {
		expect(parseTimezone("asia/tokyo")).toEqual({ value: "Asia/Tokyo" });
		expect(parseTimezone("Asia/Kolkata")).toEqual({ value: "Asia/Kolkata" });
		expect(parseTimezone("UTC")).toEqual({ value: "UTC" });
	});

	it("is refused as an abbreviation or an offset", () => {
		for (const written of ["JST", "+09:00", "Tokyo", ""]) {
			expect(parseTimezone(written)).toEqual({
				wrong: `"${written}" is not a time zone; write an IANA name such as Asia/Tokyo, Europe/Paris or UTC.`,
			});
		}
	});
});
