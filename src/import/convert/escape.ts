/** Escapes plain text so that a post's Markdown shows it as it is. Line ends stay. */
export function escapeMarkdown(text: string): string {
	return escapeLines(text, /[\\`*_[\]<>~$|{]|&(?=[#\w]+;)/g, /[-+=#:]/);
}

/** Escapes plain text so that a comment's Markdown, which has fewer signs, shows it as it is. Web addresses stay links. */
export function escapeCommentText(text: string): string {
	return text
		.split(/(\bhttps?:\/\/[^\s<>"]+)/)
		.map((part, at) =>
			at % 2 === 1 ? part : escapeLines(part, /[\\`*[\]<>~]|(?<!\w)_|_(?!\w)|&(?=[#\w]+;)/g, /[-+]/),
		)
		.join("");
}

function escapeLines(text: string, signs: RegExp, starts: RegExp): string {
	const marker = new RegExp(`^([ \\t]*)(${starts.source})(?=\\s|\\1|$)`, "gm");
	return text
		.replace(signs, "\\$&")
		.replace(marker, "$1\\$2")
		.replace(/^([ \t]*\d{1,9})([.)])(?=\s|$)/gm, "$1\\$2")
		.replace(/^(?: {4,}|[ ]*\t)[ \t]*/gm, "");
}
