import type { SendEmail } from "@cloudflare/workers-types";

/** A message as the blog sends it through its mail binding. */
export type Message = {
	from: { name: string; email: string };
	to: string;
	subject: string;
	text: string;
	html: string;
	headers: Record<string, string>;
};

/** The reason a message was not sent, as {@link mailFailureCode} names it. */
export type SendFailure = { code: string };

/** The Worker that sends mail, as the host sees it. */
export type MailService = { send(message: Message): Promise<SendFailure | null> };

/** Makes a mail service look like Cloudflare's binding, which throws errors with a code. */
export function mailBinding(service: MailService): SendEmail {
	const binding = {
		async send(message: Message): Promise<void> {
			const failure = await service.send(message);
			if (failure !== null) throw Object.assign(new Error("The mail was not sent."), failure);
		},
	};
	return binding as unknown as SendEmail;
}

/** Returns the server's answer of three digits (RFC 5321) as `SMTP 550`, or the connection's error, such as `ETIMEDOUT`. */
export function mailFailureCode(error: unknown): string {
	if (!(error instanceof Error)) return "unknown";
	if ("responseCode" in error && typeof error.responseCode === "number") return `SMTP ${error.responseCode}`;
	return "code" in error ? String(error.code) : "unknown";
}
