import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A mail as the server received it. */
export type ReceivedMail = { to: string[]; message: string; isEncrypted: boolean };

/** A mail server on this machine, which takes the user `blog` with the password `correct`. */
export type MailServer = {
	port: number;
	/** Resolves to the next mail that nobody has taken yet. */
	next(): Promise<ReceivedMail>;
	stop(): Promise<void>;
};

const tls = new URL("tls/", import.meta.url);

/** The authority that signed the server's certificate, as a file for `SSL_CERT_FILE`. */
export const testAuthority = new URL("ca.pem", tls).pathname;

/** Starts a mail server that wants TLS (STARTTLS) and a password. */
export async function startMailServer(): Promise<MailServer> {
	const mails: ReceivedMail[] = [];
	const waiting: ((mail: ReceivedMail) => void)[] = [];
	const server = new SMTPServer({
		key: readFileSync(new URL("key.pem", tls)),
		cert: readFileSync(new URL("certificate.pem", tls)),
		onAuth({ username, password }, _session, done) {
			if (username === "blog" && password === "correct") done(null, { user: username });
			else done(new Error("wrong password"));
		},
		async onData(stream, session, done) {
			const to = session.envelope.rcptTo.map(({ address }) => address);
			const mail = { to, message: await text(stream), isEncrypted: session.secure };
			done();
			const take = waiting.shift();
			if (take === undefined) mails.push(mail);
			else take(mail);
		},
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.server.address();
	return {
		port: typeof address === "object" && address !== null ? address.port : 0,
		next() {
			const mail = mails.shift();
			return mail === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(mail);
		},
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
