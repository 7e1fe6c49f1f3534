/** Interface strings within a body, in the language of the post. */
export type ProseLabels = {
	calloutNote: string;
	calloutTip: string;
	calloutImportant: string;
	calloutWarning: string;
	calloutCaution: string;
	footnotes: string;
	/** `{name}` is the note's number. */
	footnoteBack: string;
	taskDone: string;
	taskOpen: string;
	contents: string;
	sectionLink: string;
};
