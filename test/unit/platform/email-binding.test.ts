import type { SendEmail } from "@cloudflare/workers-types";
import { expect, it } from "vitest";
import { bindingMailer } from "../../../src/platform/email-binding.ts";
import { mailBinding, mailFailureCode } from "../../../src/sidecars/mail.ts";

const mail = {
	key: "1",
	at: 0,
	to: "reader@cats.example",
	subject: "Hello",
	text: "Hello",
	html: "<p>Hello</p>",
	headers: {},
};
const send = (binding: SendEmail) =>
	bindingMailer(binding, { name: "Cats", email: "b@cats.example" }).send(mail);

it.each([
	["E_RECIPIENT_NOT_ALLOWED", "setup"],
	["E_VALIDATION_ERROR", "permanent"],
	["E_INTERNAL_SERVER_ERROR", "temporary"],
	["SMTP 535", "setup"],
	["SMTP 550", "permanent"],
	["SMTP 451", "temporary"],
	["ETIMEDOUT", "temporary"],
])("a mail that fails with %s is a %s failure", async (code, kind) => {
	const service = { send: async () => ({ code }) };
	expect(await send(mailBinding(service))).toEqual({
		sent: false,
		failure: `The mail service failed (${code})`,
		kind,
	});
});

it("an SMTP server's answer is named by its number, and never quoted, as it may name the recipient", () => {
	const refused = Object.assign(new Error("550 no reader@cats.example"), {
		code: "EENVELOPE",
		responseCode: 550,
	});
	expect(mailFailureCode(refused)).toBe("SMTP 550");
	expect(mailFailureCode(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
	expect(mailFailureCode("?")).toBe("unknown");
});
