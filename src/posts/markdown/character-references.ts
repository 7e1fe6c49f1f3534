import { decodeHTMLStrict } from "entities";
import type { Token, Tokens } from "marked";
import { toXmlText } from "../../text/xml.ts";
import { walk } from "./walk.ts";

/**
 * Decodes the character references of HTML, named and numeric, in Markdown's text, addresses and titles. Only those with
 * a semicolon count; characters that XML cannot hold become U+FFFD.
 */
export function decodeReferences(text: string): string {
	return text.includes("&")
		? toXmlText(text.replace(reference, (written) => decodeHTMLStrict(written)))
		: text;
}

/** Decodes the references in the tokens of a text, once, so that whatever reads them sees the characters. */
export function decodeTokens(tokens: readonly Token[]): void {
	walk(tokens, (token, parent) => {
		if (token.type === "text" && !("tokens" in token && token.tokens)) {
			if (!isBareLink(parent)) token.text = decodeReferences(token.text);
		} else if (token.type === "link" || token.type === "image") {
			const link = token as Tokens.Link | Tokens.Image;
			if (isBareLink(link)) return;
			link.href = decodeReferences(link.href);
			if (link.title) link.title = decodeReferences(link.title);
		} else if (token.type === "code" && token.lang !== undefined) token.lang = decodeReferences(token.lang);
	});
}

/** Whether a token is an address that is a link as it stands, in angle brackets or without; it is no Markdown. */
export function isBareLink(token: Token | null): boolean {
	return token?.type === "link" && (token.autolink === true || token.raw === token.text);
}

/** Matches what CommonMark takes for a reference. */
const reference = /&(?:#\d{1,7}|#[Xx][\dA-Fa-f]{1,6}|[A-Za-z][A-Za-z\d]*);/g;
