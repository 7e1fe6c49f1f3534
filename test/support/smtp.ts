import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A mail as the server received it. */
export type ReceivedMail = { to: string[]; message: string; isEncrypted: boolean };

/** A mail server on this machine, which takes the user `blog` with the password `correct`. */
export type MailServer = {
	port: number;
	stop(): Promise<void>;
};

/** A mail server that keeps what it receives. */
export type Mailbox = MailServer & {
	/** Resolves to the next mail that nobody has taken yet. */
	next(): Promise<ReceivedMail>;
};

/** An answer of the server to a mail that it does not take (RFC 5321). */
export type SmtpRefusal = { code: number; text: string };

const tls = new URL("tls/", import.meta.url);

/** The authority that signed the server's certificate, as a file for `SSL_CERT_FILE`. */
export const testAuthority = new URL("ca.pem", tls).pathname;

/** Starts a mail server that wants TLS (STARTTLS) and a password; `receive` takes or refuses each mail. */
export async function startMailServer(
	receive: (mail: ReceivedMail) => Promise<SmtpRefusal | null>,
): Promise<MailServer> {
	const server = new SMTPServer({
		key: readFileSync(new URL("key.pem", tls)),
		cert: readFileSync(new URL("certificate.pem", tls)),
		onAuth({ username, password }, _session, done) {
			if (username === "blog" && password === "correct") done(null, { user: username });
			else done(new Error("wrong password"));
		},
		async onData(stream, session, done) {
			const to = session.envelope.rcptTo.map(({ address }) => address);
			const refusal = await receive({ to, message: await text(stream), isEncrypted: session.secure });
			if (refusal === null) done();
			else done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
		},
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.server.address();
	return {
		port: typeof address === "object" && address !== null ? address.port : 0,
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

/** Starts a mail server that takes and keeps every mail. */
export async function startMailbox(): Promise<Mailbox> {
	const mails: ReceivedMail[] = [];
	const waiting: ((mail: ReceivedMail) => void)[] = [];
	const server = await startMailServer(async (mail) => {
		const take = waiting.shift();
		if (take === undefined) mails.push(mail);
		else take(mail);
		return null;
	});
	return {
		...server,
		next() {
			const mail = mails.shift();
			return mail === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(mail);
		},
	};
}
