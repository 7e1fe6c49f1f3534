import { describe, expect, it } from "vitest";
import { parseDate, parseTimezone, resolveDate } from "../../../src/build/dates.ts";

/** Returns the instant and the local day as text. */
function at(written: string, timezone: string): string {
	const reading = parseDate(written);
	if ("error" in reading) return reading.error;
	const { epoch, day } = resolveDate(reading.value, timezone);
	return `${new Date(epoch).toISOString()} ${day.year}-${day.month}-${day.day}`;
}

describe("a date", () => {
	it("without a time is midnight in the site's time zone", () => {
		expect(at("2024-03-31", "UTC")).toBe("2024-03-31T00:00:00.000Z 2024-3-31");
		expect(at("2024-03-31", "Asia/Tokyo")).toBe("2024-03-30T15:00:00.000Z 2024-3-31");
		expect(at("2024-07-01", "America/New_York")).toBe("2024-07-01T04:00:00.000Z 2024-7-1");
		expect(at("2024-01-01", "America/New_York")).toBe("2024-01-01T05:00:00.000Z 2024-1-1");
	});

	it("without an offset is in the site's time zone, with T or a space, with or without seconds", () => {
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

	it("with an offset keeps it, and gets its day from the site's time zone", () => {
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

	it("is moved forward by the gap when a clock change skips it", () => {
		expect(at("2024-03-31T02:30", "Europe/Berlin")).toBe("2024-03-31T01:30:00.000Z 2024-3-31");
	});

	it("is the first of the two when a clock change repeats it", () => {
		expect(at("2024-10-27T02:30", "Europe/Berlin")).toBe("2024-10-27T00:30:00.000Z 2024-10-27");
	});

	it("is the day's first instant where the clock change is at midnight", () => {
		expect(at("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z 2018-11-4");
	});

	it("is rejected with the nearest valid day when the day does not exist", () => {
		expect(at("2024-02-30", "UTC")).toBe('"2024-02-30" does not exist; write a date such as 2024-02-29.');
		expect(at("2023-02-29T10:00", "UTC")).toBe(
			'"2023-02-29T10:00" does not exist; write a date such as 2023-02-28.',
		);
		expect(at("2024-13-01", "UTC")).toBe('"2024-13-01" does not exist; write a date such as 2024-12-01.');
		expect(at("2024-00-00", "UTC")).toBe('"2024-00-00" does not exist; write a date such as 2024-01-01.');
	});

	it("is rejected when the time or the offset is invalid", () => {
		for (const time of ["24:00", "12:60", "12:00:60"]) {
			expect(at(`2024-01-01T${time}`, "UTC")).toBe(
				`"2024-01-01T${time}" is not a valid time; write one from 00:00 to 23:59:59.`,
			);
		}
		expect(at("2024-01-01T12:00+25:00", "UTC")).toBe(
			'"2024-01-01T12:00+25:00" has an invalid UTC offset; write one such as +09:00 or Z.',
		);
	});

	it("is rejected in any other form", () => {
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
	it("is recognized by its IANA name in any case", () => {
		expect(parseTimezone("asia/tokyo")).toEqual({ value: "Asia/Tokyo" });
		expect(parseTimezone("Asia/Kolkata")).toEqual({ value: "Asia/Kolkata" });
		expect(parseTimezone("UTC")).toEqual({ value: "UTC" });
	});

	it("is rejected as an abbreviation or an offset", () => {
		for (const written of ["JST", "+09:00", "Tokyo", ""]) {
			expect(parseTimezone(written)).toEqual({
				error: `"${written}" is not a time zone; write an IANA name such as Asia/Tokyo, Europe/Paris or UTC.`,
			});
		}
	});
});
