/** The Worker that sends mail by SMTP, in place of Cloudflare's binding for mail. */

import { WorkerEntrypoint } from "cloudflare:workers";
import { connect, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import { type Message, mailFailureCode, type SendFailure } from "./mail.ts";

/** Sends each message over a connection of its own to the server of SMTP_URL, such as `smtps://user:password@host`. */
export class Mailer extends WorkerEntrypoint<{ SMTP_URL: string }> {
	/** Returns null when the server has taken the message, or else why it did not: an error would lose its code on the way. */
	async send({ from, to, subject, text, html, headers }: Message): Promise<SendFailure | null> {
		try {
			const transport = createTransport({ url: this.env.SMTP_URL, getSocket: openSocket });
			await transport.sendMail({
				from: { name: from.name, address: from.email },
				to,
				subject,
				text,
				html,
				headers,
				disableFileAccess: true,
				disableUrlAccess: true,
			});
			return null;
		} catch (error) {
			console.error(`A mail was not sent: ${mailFailureCode(error)}`);
			return { code: mailFailureCode(error) };
		}
	}
}

export default {};

/** Connects by name: the library would look the name up itself, which here means asking Cloudflare's resolver. */
function openSocket(
	{ host, port }: { host?: string | undefined; port?: number | string | undefined },
	done: (error: Error | null, socket?: { connection: Socket }) => void,
): void {
	const connection = connect({ host: host ?? "localhost", port: Number(port ?? 587) });
	connection.once("error", done);
	connection.once("connect", () => {
		connection.off("error", done);
		done(null, { connection });
	});
}
