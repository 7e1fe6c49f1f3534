import { toXmlText } from "./xml.ts";

/**
 * Puts a name on one line (NFC): spaces for control characters, line ends and direction overrides, which would affect the
 * text around it. Joiners stay, as emoji and many scripts need them.
 */
export function cleanLine(text: string): string {
	return toXmlText(text.normalize("NFC").replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\uFEFF]+/gu, " "))
		.replace(/\s+/g, " ")
		.trim();
}
