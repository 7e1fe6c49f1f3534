/** Matches a code point that XML cannot represent (XML 1.0, section 2.2), and with it HTML served to feed readers. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The same among the code units of a text without unpaired surrogates, which is several times as fast. */
const notXmlUnit = /[^\t\n\r\u0020-\uFFFD]/;

/** Replaces the characters XML cannot represent, such as control characters and unpaired surrogates, with U+FFFD. */
export function toXmlText(text: string): string {
	if (text.isWellFormed() && !notXmlUnit.test(text)) return text;
	return text.replace(notXml, "\uFFFD");
}

/** Replaces such characters in HTML, and the numeric references to them: `&#1;`, which a feed reader would decode. */
export function toXmlHtml(html: string): string {
	return toXmlText(html).replace(
		/&#(?:x([\da-f]+)|(\d+));?/gi,
		(reference, hex?: string, decimal?: string) => {
			const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
			return code <= 0x10ffff && toXmlText(String.fromCodePoint(code)) !== "\uFFFD" ? reference : "\uFFFD";
		},
	);
}
