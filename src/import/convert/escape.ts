/** Escapes plain text so that Markdown shows it as it is; line ends stay. */
export function escapeMarkdown(text: string): string {
	return text
		.replace(/[\\`*_[\]<>~$|]|&(?=[#\w]+;)/g, "\\$&")
		.replace(/^([ \t]*)([-+=#:]|\d+(?=[.)]))/gm, (_, space: string, mark: string) =>
			/\d/.test(mark) ? `${space}${mark}` : `${space}\\${mark}`,
		)
		.replace(/^([ \t]*\d+)([.)])(?=\s)/gm, "$1\\$2")
		.replace(/^(?: {4}|\t)+/gm, "");
}
