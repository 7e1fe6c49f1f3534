import { escapeHtml } from "../posts/html.ts";
import { directionOf } from "../text/direction.ts";
import type { Outcome } from "./channel.ts";
import { oneLine } from "./defang.ts";

/** A composed mail, safe to send: no value in it can break out of its header or HTML element. */
export type Mail = {
	/** Idempotency key: the same at every attempt to send this mail. */
	key: string;
	/** Epoch milliseconds. */
	at: number;
	to: string;
	subject: string;
	text: string;
	html: string;
	headers: Readonly<Record<string, string>>;
};

/** Sends mails through a provider; `isIdempotent` if that recognises the key of a mail it gets a second time. */
export type Mailer = { isIdempotent: boolean; send(mail: Mail): Promise<Outcome> };

/** A block of a mail's body. Texts are plain; text by visitors is already defanged. */
export type MailBlock =
	| { type: "paragraph" | "heading" | "footer"; text: string }
	| { type: "quote"; text: string; lang: string | null }
	| { type: "link"; text: string; url: string };

/** The parts from which `composeMail` makes a mail. */
export type MailParts = Pick<Mail, "key" | "at" | "to" | "subject"> & {
	blocks: readonly MailBlock[];
	/** BCP 47 language tag. */
	lang: string;
	headers?: Mail["headers"];
};

/** Composes a mail: subject on one line, body as text and as HTML, marked as sent automatically (RFC 3834). */
export function composeMail({ subject, blocks, lang, headers, ...rest }: MailParts): Mail {
	const title = oneLine(subject, 150);
	return {
		...rest,
		subject: title,
		text: bodyText(blocks),
		html: bodyHtml(title, blocks, lang),
		headers: { "Auto-Submitted": "auto-generated", ...headers },
	};
}

/** Renders a body as plain text: quotes marked with `>`, each link on its own line. */
export function bodyText(blocks: readonly MailBlock[]): string {
	return `${blocks.map(blockText).join("\n\n")}\n`;
}

function blockText(block: MailBlock): string {
	if (block.type === "quote") return block.text.replace(/^/gm, "> ");
	if (block.type === "link") return `${block.text}:\n${block.url}`;
	if (block.type === "footer") return `-- \n${block.text}`;
	return block.text;
}

/** Renders a body as a simple HTML document without styles, images or any other external resource. */
export function bodyHtml(title: string, blocks: readonly MailBlock[], lang: string): string {
	return `<!doctype html><html lang="${escapeHtml(lang)}"${directionOf(lang) === "rtl" ? ' dir="rtl"' : ""}><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no"></head><body>${blocks.map(blockHtml).join("\n")}</body></html>`;
}

function blockHtml(block: MailBlock): string {
	const text = escapeHtml(block.text).replaceAll("\n", "<br>");
	if (block.type === "link") return `<p dir="auto"><a href="${escapeHtml(block.url)}">${text}</a></p>`;
	if (block.type === "quote") {
		const lang = block.lang === null ? "" : ` lang="${escapeHtml(block.lang)}"`;
		return `<blockquote${lang} dir="auto">${text}</blockquote>`;
	}
	if (block.type === "heading") return `<p dir="auto"><strong>${text}</strong></p>`;
	return block.type === "footer"
		? `<hr><p dir="auto"><small>${text}</small></p>`
		: `<p dir="auto">${text}</p>`;
}
