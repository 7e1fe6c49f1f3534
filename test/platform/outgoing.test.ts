import { describe, expect, it } from "vitest";
import { postOut } from "../../src/platform/outgoing.ts";

/** A resolver that fails the test when it is asked. */
const nobodyAsked = () => Promise.reject(new Error("The resolver was asked."));

const post = (url: string, resolve: (host: string) => Promise<string[]> = nobodyAsked) =>
	postOut({ url, headers: {}, body: "", who: "It" }, resolve);

describe("postOut", () => {
	it.each([
		"https://127.0.0.1/",
		"https://[::1]/",
		"https://2852039166/latest/",
		"https://0x0a.1/",
		"https://[::ffff:10.0.0.1]/",
	])("refuses the private address %s without asking anyone", async (url) => {
		const why = "It: its address is not on the public internet";
		expect(await post(url)).toEqual({ sent: false, why, again: false });
	});

	it.each([
		["10.0.0.1"],
		["93.184.215.14", "127.0.0.1"],
		["2606:4700::1", "fe80::1"],
		["::ffff:93.184.215.14"],
	])("refuses a name that leads to %s", async (...addresses) => {
		const outcome = await post("https://hook.example/", async () => addresses);
		expect(outcome).toMatchObject({ sent: false, again: false });
	});

	it("tries a name that leads nowhere again later", async () => {
		expect(await post("https://hook.example/", async () => [])).toMatchObject({ sent: false, again: true });
	});

	it.each([
		"http://hook.example/",
		"https://user:pass@hook.example/",
		"ftp://hook.example/",
		"file:///etc/passwd",
		"hook",
	])("refuses what is not plain https: %s", async (url) =>
		expect(await post(url)).toMatchObject({ sent: false, again: false }),
	);
});
