import { createHmac } from "node:crypto";
import type { MailRefusal, ReceiveMail, SentMail } from "./mail.ts";

/** A request of the Worker, as its receiver saw it. */
export type ReceivedRequest = { host: string; headers: Headers; body: string };

export type World = {
	/** Answers the Worker's requests; for `outbound` of {@link startBlog}. */
	outside: (request: Request) => Promise<Response>;
	/** The requests to hosts other than the resolver, in order. */
	requests: ReceivedRequest[];
	/** The names that were resolved. */
	resolved: string[];
	/** Changes the addresses of a name. */
	lead(host: string, ...addresses: string[]): void;
	/** Changes the answer of a host. */
	answer(host: string, answer: () => Response | Promise<Response>): void;
	/** Takes the Worker's mails; for `mail` of {@link startBlog}. */
	receiveMail: ReceiveMail;
	/** The mails it has taken, in order. */
	mails: SentMail[];
	/** Refuses the mails that follow; null takes them again. */
	refuseMails(refusal: MailRefusal | null): void;
};

/** Creates an internet for the Worker: a resolver, and hosts that accept every request. */
export function world(): World {
	const leads = new Map<string, readonly string[]>();
	const answers = new Map<string, () => Response | Promise<Response>>();
	const heard: ReceivedRequest[] = [];
	const resolved: string[] = [];
	const mails: SentMail[] = [];
	let refused: MailRefusal | null = null;
	return {
		mails,
		receiveMail(mail) {
			if (refused === null) mails.push(mail);
			return refused;
		},
		refuseMails(refusal) {
			refused = refusal;
		},
		requests: heard,
		resolved,
		lead: (host, ...addresses) => void leads.set(host, addresses),
		answer: (host, answer) => void answers.set(host, answer),
		async outside(request) {
			const url = new URL(request.url);
			if (url.hostname === "cloudflare-dns.com") {
				const name = url.searchParams.get("name") ?? "";
				const type = url.searchParams.get("type") === "A" ? 1 : 28;
				resolved.push(name);
				const addresses = leads.get(name) ?? ["93.184.215.14"];
				const fitting = addresses.filter((address) => address.includes(":") === (type === 28));
				return Response.json({ Status: 0, Answer: fitting.map((data) => ({ name, type, data })) });
			}
			heard.push({ host: url.hostname, headers: request.headers, body: await request.text() });
			return (await answers.get(url.hostname)?.()) ?? new Response("ok");
		},
	};
}

/** Returns a mail as the eye sees it: without the zero-width spaces that keep a mail program from making links. */
export function visibleMail(mail: SentMail): SentMail {
	const visible = (text: string) => text.replaceAll("\u200B", "");
	return { ...mail, subject: visible(mail.subject), text: visible(mail.text), html: visible(mail.html) };
}

/** Computes the signature that a receiver of the webhook expects. */
export function expectedSignature({ headers, body }: ReceivedRequest, secret: string): string {
	const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
	return `v1,${createHmac("sha256", secret).update(signed).digest("base64")}`;
}
