import { hidden } from "./hidden-field.ts";

/** Brings the form to the comment that is answered. */
export function replyInPlace(
	section: HTMLElement,
	form: HTMLFormElement,
	text: HTMLTextAreaElement,
	cancel: string,
): void {
	const home = form.parentElement;
	const parent = hidden(form, "parent", "");
	const back = Object.assign(document.createElement("button"), { type: "button", textContent: cancel });
	back.addEventListener("click", () => {
		parent.value = "";
		back.remove();
		home?.append(form);
	});
	section.addEventListener("click", (event) => {
		const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.reply") : null;
		const id = link?.pathname.match(/^\/comments\/(\d+)\/reply$/)?.[1];
		if (!link || id === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		parent.value = id;
		link.closest("article")?.after(form);
		form.querySelector(".buttons")?.append(back);
		text.focus();
	});
}
