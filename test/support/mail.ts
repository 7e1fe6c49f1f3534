import PostalMime, { type Address, addressParser } from "postal-mime";

/** A mail of the blog, as its reader's mail program shows it. */
export type SentMail = {
	from: { name: string; address: string };
	to: readonly string[];
	subject: string;
	text: string;
	html: string;
	headers: Headers;
};

/** The reason why a mail service does not take a mail, with the text it answers. */
export type MailRefusal = { reason: "wrong password" | "try later"; text: string };

/** Takes a mail, or refuses it. */
export type ReceiveMail = (mail: SentMail) => MailRefusal | null;

/** Parses a message (RFC 5322) for these recipients. */
export async function parseMail(message: string, to: readonly string[]): Promise<SentMail> {
	const parsed = await PostalMime.parse(message);
	return {
		from: senderOf(parsed.from),
		to,
		subject: parsed.subject ?? "",
		text: parsed.text ?? "",
		html: parsed.html ?? "",
		headers: new Headers(
			parsed.headers.map(({ originalKey, value }): [string, string] => [originalKey, value]),
		),
	};
}

/** Answers a request to Resend's API, which delivers the mail in it. */
export async function answerResend(request: Request, receive: ReceiveMail): Promise<Response> {
	if (request.headers.get("Authorization") !== `Bearer ${resendKey}`)
		return new Response(null, { status: 401 });
	const { from, headers, ...mail } = (await request.json()) as Omit<SentMail, "from" | "headers"> & {
		from: string;
		headers: Record<string, string>;
	};
	const refusal = receive({ ...mail, from: senderOf(addressParser(from)[0]), headers: new Headers(headers) });
	if (refusal === null) return new Response("ok");
	return new Response(refusal.text, { status: refusal.reason === "wrong password" ? 401 : 500 });
}

/** The key with which the blogs of the tests use Resend. */
export const resendKey = "key";

function senderOf(parsed: Address | undefined): SentMail["from"] {
	return { name: parsed?.name ?? "", address: parsed?.address ?? "" };
}
