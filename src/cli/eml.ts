import { createTransport } from "nodemailer";
import type { LocalMail } from "../notifications/local-mails.ts";

/** A kept mail as the message a provider would have made of it (RFC 5322): what any mail program opens. */
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
	if (!Buffer.isBuffer(sent.message)) throw new TypeError("nodemailer gave no message.");
	return sent.message;
}
