/**
 * Small comforts on a page with comments: everything here can be done without them. Words come from the page, in
 * `data-` attributes of the conversation, so that the script is the same in every language.
 */
import { keepDraft } from "./thread/draft.ts";
import { hidden } from "./thread/hidden-field.ts";
import { watchForNew } from "./thread/new-comments.ts";
import { previewWhileTyping } from "./thread/preview.ts";
import { reactInPlace } from "./thread/reactions.ts";
import { tellRelativeTimes } from "./thread/relative-times.ts";
import { replyInPlace } from "./thread/replies.ts";

const conversation = document.querySelector<HTMLElement>("#comments[data-post]");
if (conversation !== null) enhance(conversation);

function enhance(section: HTMLElement): void {
	const words = section.dataset;
	watchForNew(section);
	whenNear(section, () => {
		tellRelativeTimes(section);
		reactInPlace(section, words.you ?? "");
		const form = section.querySelector<HTMLFormElement>(".comment-form");
		const text = form?.querySelector("textarea");
		if (!form || !text) return;
		keepDraft(text, words.posted !== undefined);
		previewWhileTyping(form, text);
		replyInPlace(section, form, text, words.cancel ?? "");
		if (form.elements.namedItem("key") === null) hidden(form, "key", crypto.randomUUID());
	});
}

/**
 * Waits until the comments are a screen away, so that nothing moves before anybody's eyes. Formatters of times and what a
 * browser has stored take it longer than all the rest here, and whoever never comes near does not wait for them. Whoever
 * came for a comment is there already.
 */
function whenNear(section: HTMLElement, begin: () => void): void {
	if (location.hash !== "") {
		begin();
		return;
	}
	const near = new IntersectionObserver(
		([seen]) => {
			if (!seen?.isIntersecting) return;
			near.disconnect();
			begin();
		},
		{ rootMargin: "100%" },
	);
	near.observe(section);
}
