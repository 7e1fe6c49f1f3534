import { addHiddenField } from "./hidden-field.ts";

/**
 * Moves the form below the comment being replied to, named for it, with a button to cancel. In its usual place a link leads
 * to it. Returns the function that begins a reply to a comment, whose reply link may be on another page.
 */
export function replyInPlace(
	section: HTMLElement,
	form: HTMLFormElement,
	text: HTMLTextAreaElement,
): (id: string, label: string) => void {
	const { cancel = "", moved = "" } = section.dataset;
	const parent = addHiddenField(form, "parent", "");
	const heading = Object.assign(document.createElement("h3"), { id: "replying", className: "replying" });
	const note = Object.assign(document.createElement("p"), { className: "hint" });
	note.append(Object.assign(document.createElement("a"), { href: "#text", textContent: moved }));
	const cancelButton = Object.assign(document.createElement("button"), {
		type: "button",
		textContent: cancel,
	});
	let opener: HTMLAnchorElement | undefined;

	const reply = (id: string, label: string) => {
		opener = section.querySelector<HTMLAnchorElement>(`a.reply[href="/comments/${id}/reply"]`) ?? undefined;
		parent.value = id;
		heading.textContent = label;
		form.prepend(heading);
		form.setAttribute("aria-labelledby", heading.id);
		form.querySelector(".buttons")?.append(cancelButton);
		if (opener === undefined) return;
		if (!note.isConnected) form.replaceWith(note);
		opener.closest("article")?.after(form);
	};
	const cancelReply = () => {
		parent.value = "";
		form.removeAttribute("aria-labelledby");
		for (const part of [heading, cancelButton]) part.remove();
		if (note.isConnected) note.replaceWith(form);
		(opener?.isConnected ? opener : text).focus();
		form.dispatchEvent(new Event("input"));
	};

	cancelButton.addEventListener("click", cancelReply);
	note.addEventListener("click", (event) => {
		event.preventDefault();
		text.focus();
	});
	form.addEventListener("keydown", (event) => {
		// While an input method composes, Escape and Enter are its own.
		if (event.isComposing) return;
		if (event.key === "Escape" && parent.value !== "") cancelReply();
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
			form.requestSubmit(form.querySelector<HTMLButtonElement>("button.primary"));
		}
	});
	section.addEventListener("click", (event) => {
		const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.reply") : null;
		const id = link?.pathname.match(/^\/comments\/(\d+)\/reply$/)?.[1];
		if (!link || id === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		reply(id, link.ariaLabel ?? "");
		text.focus();
		form.dispatchEvent(new Event("input"));
	});
	return reply;
}
