import { readJson, readStored, store } from "./storage.ts";

/** A comment being written, with the id and the label of what it replies to; both are empty for a new thread. */
type Draft = { text: string; parent: string; label: string };

const isDraft = (value: unknown): value is Draft =>
	typeof value === "object" &&
	value !== null &&
	["text", "parent", "label"].every((name) => typeof (value as Record<string, unknown>)[name] === "string");

/**
 * Keeps the draft of a comment in this tab until it is posted, which the page after posting reports once. `reply` turns the
 * form into a reply again.
 */
export function keepDraft(
	form: HTMLFormElement,
	text: HTMLTextAreaElement,
	posted: boolean,
	reply: (id: string, label: string) => void,
): void {
	const key = `draft:${location.pathname}`;
	if (posted && readStored("sessionStorage", "posted") !== location.search) {
		store("sessionStorage", key, null);
		store("sessionStorage", "posted", location.search);
	} else if (text.value === "") {
		const draft = readJson("sessionStorage", key, isDraft, { text: "", parent: "", label: "" });
		text.value = draft.text;
		if (draft.parent !== "") reply(draft.parent, draft.label);
	}
	form.addEventListener("input", () => {
		const parent = new FormData(form).get("parent") ?? "";
		const label = form.querySelector(".replying")?.textContent ?? "";
		store("sessionStorage", key, JSON.stringify({ text: text.value, parent, label }));
	});
}
