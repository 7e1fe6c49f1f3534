import { addHiddenField } from "./hidden-field.ts";

/** Moves the form below the comment being replied to, with a button to cancel. */
export function replyInPlace(
	section: HTMLElement,
	form: HTMLFormElement,
	text: HTMLTextAreaElement,
	cancelLabel: string,
): void {
	const home = form.parentElement;
	const parent = addHiddenField(form, "parent", "");
	const cancelButton = Object.assign(document.createElement("button"), {
		type: "button",
		textContent: cancelLabel,
	});
	cancelButton.addEventListener("click", () => {
		parent.value = "";
		cancelButton.remove();
		home?.append(form);
	});
	section.addEventListener("click", (event) => {
		const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.reply") : null;
		const id = link?.pathname.match(/^\/comments\/(\d+)\/reply$/)?.[1];
		if (!link || id === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		parent.value = id;
		link.closest("article")?.after(form);
		form.querySelector(".buttons")?.append(cancelButton);
		text.focus();
	});
}
