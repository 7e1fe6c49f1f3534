/** What the renderer itself says in a post, in the post's language. */
export type ProseWords = {
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
