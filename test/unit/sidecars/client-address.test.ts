import { describe, expect, it } from "vitest";
import { withClientAddress } from "../../../src/sidecars/client-address.ts";

/** The address the blog is given for these headers of a request. */
function addressOf(sent: Record<string, string>, isProxyTrusted = true): string | null {
	const headers = new Headers(sent);
	return (withClientAddress(headers, isProxyTrusted) ?? headers).get("CF-Connecting-IP");
}

describe("the client's address on a machine of one's own", () => {
	it("is the one that the trusted proxy added, at the end", () => {
		expect(addressOf({ "X-Forwarded-For": "192.0.2.7" })).toBe("192.0.2.7");
		expect(addressOf({ "X-Forwarded-For": "203.0.113.9, 127.0.0.1,2001:db8::7" })).toBe("2001:db8::7");
	});

	it("is never what the client says itself", () => {
		expect(addressOf({ "CF-Connecting-IP": "203.0.113.9" })).toBe(null);
		expect(addressOf({ "CF-Connecting-IP": "203.0.113.9", "X-Forwarded-For": "192.0.2.7" })).toBe(
			"192.0.2.7",
		);
		expect(addressOf({ "CF-Connecting-IP": "203.0.113.9", "X-Forwarded-For": "192.0.2.7" }, false)).toBe(
			null,
		);
	});

	it.each(["", ",", "unknown", "_hidden", "192.0.2.7, unknown", "1".repeat(46)])(
		"is unknown if the proxy says %j",
		(value) => {
			expect(addressOf({ "X-Forwarded-For": value })).toBe(null);
		},
	);

	it("leaves a request without any address as it is", () => {
		expect(withClientAddress(new Headers({ Accept: "*/*" }), true)).toBe(null);
	});
});
