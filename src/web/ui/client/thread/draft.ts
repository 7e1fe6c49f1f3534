import { readStored, store } from "./storage.ts";

/** Keeps the draft of a comment in this tab until it is posted, which the page after posting reports once. */
export function keepDraft(text: HTMLTextAreaElement, posted: boolean): void {
	const key = `draft:${location.pathname}`;
	if (posted && readStored(sessionStorage, "posted") !== location.search) {
		sessionStorage.removeItem(key);
		store(sessionStorage, "posted", location.search);
	} else if (text.value === "") text.value = readStored(sessionStorage, key) ?? "";
	text.addEventListener("input", () => store(sessionStorage, key, text.value));
}
