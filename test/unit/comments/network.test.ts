import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networkDigest, networkOf } from "../../../src/comments/network.ts";

describe("networkOf", () => {
	it.each([
		["192.0.2.7", "192.0.2.7"],
		["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
		["2001:0DB8:0001:0002::9", "2001:db8:1:2"],
		["2001:db8::1", "2001:db8:0:0"],
		["::1", "0:0:0:0"],
		["::ffff:192.0.2.7", "c000:207"],
	])("takes %s for the network %s", (address, network) => {
		expect(networkOf(address)).toBe(network);
	});

	it("is one network for all devices of a household", () => {
		fc.assert(
			fc.property(fc.ipV6(), (address) => {
				const network = networkOf(address);
				expect(network.split(":").length).toBeLessThanOrEqual(4);
				expect(networkOf(URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? "")).toBe(network);
			}),
		);
	});
});

describe("networkDigest", () => {
	it("is the same for one network and key, and different for any other", async () => {
		const digest = await networkDigest("2001:db8::1", "key");
		expect(digest).toMatch(/^[0-9a-f]{32}$/);
		expect(await networkDigest("2001:db8::2", "key")).toBe(digest);
		expect(await networkDigest("2001:db8:0:1::1", "key")).not.toBe(digest);
		expect(await networkDigest("2001:db8::1", "another key")).not.toBe(digest);
	});
});
