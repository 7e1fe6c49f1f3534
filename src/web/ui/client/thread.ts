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
import { markNewComments } from "./thread/visits.ts";

const comments = document.querySelector<HTMLElement>("#comments[data-post]");
if (comments !== null) enhance(comments);

function enhance(section: HTMLElement): void {
	const { you = "", posted } = section.dataset;
	startEach(() => watchForNewComments(section));
	whenNear(section, () => {
		const form = section.querySelector<HTMLFormElement>(".comment-form");
		const text = form?.querySelector("textarea");
		startEach(
			() => showRelativeTimes(section),
			() => markNewComments(section),
			() => reactInPlace(section, you),
		);
		if (!form || !text) return;
		startEach(
			() => keepDraft(form, text, posted !== undefined, replyInPlace(section, form, text)),
			() => previewWhileTyping(form, text),
			// Only browsers on HTTPS have randomUUID; the server recognizes a repeated comment without it, too.
			() => form.elements.namedItem("key") ?? addHiddenField(form, "key", crypto.randomUUID()),
		);
	});
}

/** Starts enhancements one by one: a browser that lacks something for one still has the others. */
function startEach(...starts: readonly (() => unknown)[]): void {
	for (const start of starts) {
		try {
			start();
		} catch (error) {
			console.warn(error);
		}
	}
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
