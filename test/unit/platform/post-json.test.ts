import { describe, expect, it } from "vitest";
import { postJson } from "../../../src/platform/post-json.ts";

/** A resolver that fails the test when called. */
const noResolver = () => Promise.reject(new Error("The resolver was called."));

const post = (url: string, resolve: (host: string) => Promise<string[]> = noResolver) =>
	postJson({ url, headers: {}, body: "", service: "It" }, resolve);

describe("postJson", () => {
	it.each([
		"https://127.0.0.1/",
		"https://[::1]/",
		"https://2852039166/latest/",
		"https://0x0a.1/",
		"https://[::ffff:10.0.0.1]/",
	])("refuses the private address %s without a DNS query", async (url) => {
		const failure = "It: its address is not on the public internet";
		expect(await post(url)).toEqual({ sent: false, failure, retry: false });
	});

	it.each([
		["10.0.0.1"],
		["93.184.215.14", "127.0.0.1"],
		["2606:4700::1", "fe80::1"],
		["::ffff:93.184.215.14"],
	])("refuses a name that resolves to %s", async (...addresses) => {
		const outcome = await post("https://hook.example/", async () => addresses);
		expect(outcome).toMatchObject({ sent: false, retry: false });
	});

	it("retries a name that does not resolve", async () => {
		expect(await post("https://hook.example/", async () => [])).toMatchObject({ sent: false, retry: true });
	});

	it.each([
		"http://hook.example/",
		"https://user:pass@hook.example/",
		"ftp://hook.example/",
		"file:///etc/passwd",
		"hook",
	])("refuses a URL that is not plain https: %s", async (url) =>
		expect(await post(url)).toMatchObject({ sent: false, retry: false }),
	);
});
