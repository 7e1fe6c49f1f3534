import { describe, expect, it } from "vitest";
import { isPublicAddress, literalAddress } from "../../../src/platform/public-address.ts";

describe("isPublicAddress", () => {
	it.each(["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])(
		"accepts the public address %s",
		(address) => expect(isPublicAddress(address)).toBe(true),
	);

	it.each([
		"127.0.0.1",
		"0.0.0.0",
		"10.1.2.3",
		"172.16.0.1",
		"172.31.255.255",
		"192.168.1.1",
		"169.254.169.254",
		"100.64.0.1",
		"198.18.0.1",
		"224.0.0.1",
		"255.255.255.255",
		"240.0.0.1",
		"::",
		"::1",
		"fe80::1",
		"fc00::1",
		"fd12:3456::1",
		"ff02::1",
		"::ffff:10.0.0.1",
		"::ffff:93.184.215.14",
		"64:ff9b::a9fe:a9fe",
		"2002:7f00:1::",
		"2001:0:4136:e378:8000:63bf:3fff:fdd2",
		"2001:db8::1",
		"not an address",
		"",
	])("refuses %s", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("literalAddress", () => {
	it.each([
		["https://2130706433/", "127.0.0.1"],
		["https://0x7f.1/", "127.0.0.1"],
		["https://0177.0.0.1/", "127.0.0.1"],
		["https://127.1/", "127.0.0.1"],
		["https://１２７.0.0.1/", "127.0.0.1"],
		["https://[::1]/", "::1"],
		["https://[::ffff:127.0.0.1]/", "::ffff:7f00:1"],
	])("finds the address in %s", (url, address) => expect(literalAddress(new URL(url))).toBe(address));

	it("leaves names to the resolver", () =>
		expect(literalAddress(new URL("https://hook.example/"))).toBe(null));
});
