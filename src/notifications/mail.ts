import { escapeHtml } from "../posts/html.ts";
import type { Outcome } from "./channel.ts";
import { oneLine } from "./defused.ts";

/** A mail ready to be handed to whoever sends it. Nothing in it may break out of its header or element. */
export type Mail = {
	/** The same at every attempt to send this mail. */
	key: string;
	/** Epoch milliseconds. */
	at: number;
	to: string;
	subject: string;
	text: string;
	html: string;
	headers: Readonly<Record<string, string>>;
};

/** Hands a mail to a provider. */
export type Mailer = (mail: Mail) => Promise<Outcome>;

/** A piece of a mail's body. Texts are plain; those by strangers come defused. */
export type Block =
	| { is: "paragraph" | "heading" | "footer"; text: string }
	| { is: "quote"; text: string; lang: string | null }
	| { is: "link"; text: string; url: string };

/** What a mail to a reader is made of. */
export type MailParts = Pick<Mail, "key" | "at" | "to" | "subject"> & {
	blocks: readonly Block[];
	/** BCP 47 tag of the language it is in. */
	lang: string;
	headers?: Mail["headers"];
};

/** A mail of these parts: its subject on one line, its body as text and as HTML, marked as sent by a program (RFC 3834). */
export function composeMail({ subject, blocks, lang, headers, ...rest }: MailParts): Mail {
	return {
		...rest,
		subject: oneLine(subject, 150),
		text: bodyText(blocks),
		html: bodyHtml(blocks, lang),
		headers: { "Auto-Submitted": "auto-generated", ...headers },
	};
}

/** Writes a body as plain text: quotes marked with `>`, each link on a line of its own. */
export function bodyText(blocks: readonly Block[]): string {
	return `${blocks.map(blockText).join("\n\n")}\n`;
}

function blockText(block: Block): string {
	if (block.is === "quote") return block.text.replace(/^/gm, "> ");
	if (block.is === "link") return `${block.text}:\n${block.url}`;
	if (block.is === "footer") return `-- \n${block.text}`;
	return block.text;
}

/** Writes a body as simple HTML, without style, image or anything fetched. */
export function bodyHtml(blocks: readonly Block[], lang: string): string {
	return `<!doctype html><html lang="${escapeHtml(lang)}"><head><meta charset="utf-8"><meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no"></head><body>${blocks.map(blockHtml).join("\n")}</body></html>`;
}

function blockHtml(block: Block): string {
	const text = escapeHtml(block.text).replaceAll("\n", "<br>");
	if (block.is === "link") return `<p><a href="${escapeHtml(block.url)}">${text}</a></p>`;
	if (block.is === "quote") {
		const lang = block.lang === null ? "" : ` lang="${escapeHtml(block.lang)}"`;
		return `<blockquote${lang}>${text}</blockquote>`;
	}
	if (block.is === "heading") return `<p><strong>${text}</strong></p>`;
	return block.is === "footer" ? `<hr><p><small>${text}</small></p>` : `<p>${text}</p>`;
}
