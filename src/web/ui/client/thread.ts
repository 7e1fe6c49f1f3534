/**
 * Enhances a page with comments; everything here also works without it. Strings come from the page, in `data-`
 * attributes of the comments section, so that the script is the same in every language.
 */
import { keepDraft } from "./thread/draft.ts";
import { addHiddenField } from "./thread/hidden-field.ts";
import { watchForNewComments } from "./thread/new-comments.ts";
import { previewWhileTyping } from "./thread/preview.ts";
import { reactInPlace } from "./thread/reactions.ts";
import { showRelativeTimes } from "./thread/relative-times.ts";
import { replyInPlace } from "./thread/replies.ts";

const comments = document.querySelector<HTMLElement>("#comments[data-post]");
if (comments !== null) enhance(comments);

function enhance(section: HTMLElement): void {
	const { you = "", cancel = "", posted } = section.dataset;
	watchForNewComments(section);
	whenNear(section, () => {
		showRelativeTimes(section);
		reactInPlace(section, you);
		const form = section.querySelector<HTMLFormElement>(".comment-form");
		const text = form?.querySelector("textarea");
		if (!form || !text) return;
		keepDraft(text, posted !== undefined);
		previewWhileTyping(form, text);
		replyInPlace(section, form, text, cancel);
		if (form.elements.namedItem("key") === null) addHiddenField(form, "key", crypto.randomUUID());
	});
}

/**
 * Calls `start` once the comments are within one screen of the viewport, so that nothing visible moves. Date formatters
 * and browser storage cost more than the rest of the script; visitors who never scroll there do not wait for them. An
 * address with a fragment starts at once, since its visitor is already at a comment.
 */
function whenNear(section: HTMLElement, start: () => void): void {
	if (location.hash !== "") {
		start();
		return;
	}
	const observer = new IntersectionObserver(
		([entry]) => {
			if (!entry?.isIntersecting) return;
			observer.disconnect();
			start();
		},
		{ rootMargin: "100%" },
	);
	observer.observe(section);
}
