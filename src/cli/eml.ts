import { createTransport } from "nodemailer";
import type { LocalMail } from "../notifications/local-mails.ts";

/** Converts a stored mail to an RFC 5322 message, as a provider would send it; any mail program opens it. */
export async function emlOf(mail: LocalMail): Promise<Buffer> {
	const { to, subject, text, html, headers, at } = mail;
	const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
	const sent = await composer.sendMail({
		from: "blog@localhost",
		to,
		subject,
		text,
		html,
		date: new Date(at),
		headers: { ...headers },
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	if (!Buffer.isBuffer(sent.message)) throw new TypeError("nodemailer returned no message.");
	return sent.message;
}
