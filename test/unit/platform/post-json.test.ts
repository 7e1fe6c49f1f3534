import { describe, expect, it, vi } from "vitest";
import { outcomeOf } from "../../../src/notifications/channel.ts";
import { discordChannel } from "../../../src/platform/discord.ts";
import { postJson } from "../../../src/platform/post-json.ts";
import { resendMailer } from "../../../src/platform/resend.ts";
import { slackChannel } from "../../../src/platform/slack.ts";

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
		expect(await post(url)).toEqual({ sent: false, failure, kind: "setup" });
	});

	it.each([
		["10.0.0.1"],
		["93.184.215.14", "127.0.0.1"],
		["2606:4700::1", "fe80::1"],
		["::ffff:93.184.215.14"],
	])("refuses a name that resolves to %s", async (...addresses) => {
		const outcome = await post("https://hook.example/", async () => addresses);
		expect(outcome).toMatchObject({ sent: false, kind: "setup" });
	});

	it("retries a name that does not resolve", async () => {
		expect(await post("https://hook.example/", async () => [])).toMatchObject({
			sent: false,
			kind: "temporary",
		});
	});

	it("looks up no host that an operator did not type", async () => {
		const asked: string[] = [];
		vi.stubGlobal("fetch", async (url: string) => {
			asked.push(new URL(url).hostname);
			return new Response("ok");
		});
		const notice = { key: "k", at: 0, reader: null, items: [] };
		const mail = { key: "k", at: 0, to: "a@b.example", subject: "", text: "", html: "", headers: {} };
		await slackChannel("https://hooks.slack.com/services/x", "en", noResolver).send(notice);
		await discordChannel("https://discord.com/api/webhooks/x", "en", noResolver).send(notice);
		await resendMailer("key", { name: "Cats", email: "cats@cats.example" }).send(mail);
		expect(asked).toEqual(["hooks.slack.com", "discord.com", "api.resend.com"]);
		const typed = slackChannel("https://chat.example/hooks/x", "en", noResolver).send(notice);
		await expect(typed).rejects.toThrow("The resolver was called.");
		vi.unstubAllGlobals();
	});

	it.each([
		[302, "setup"],
		[401, "setup"],
		[403, "setup"],
		[404, "setup"],
		[429, "setup"],
		[400, "permanent"],
		[422, "permanent"],
		[408, "temporary"],
		[500, "temporary"],
	])("tells from the status %i whether to try again, or who can do something about it", (status, kind) => {
		expect(outcomeOf(status, "It")).toMatchObject({ sent: false, kind });
	});

	it.each([
		"http://hook.example/",
		"https://user:pass@hook.example/",
		"ftp://hook.example/",
		"file:///etc/passwd",
		"hook",
	])("refuses a URL that is not plain https: %s", async (url) =>
		expect(await post(url)).toMatchObject({ sent: false, kind: "setup" }),
	);
});
