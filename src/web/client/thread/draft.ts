import { store, stored } from "./storage.ts";

/** Keeps what is being written in this tab until it has been posted, which the page after posting says once. */
export function keepDraft(text: HTMLTextAreaElement, posted: boolean): void {
	const key = `draft:${location.pathname}`;
	if (posted && stored(sessionStorage, "posted") !== location.search) {
		sessionStorage.removeItem(key);
		store(sessionStorage, "posted", location.search);
	} else if (text.value === "") text.value = stored(sessionStorage, key) ?? "";
	text.addEventListener("input", () => store(sessionStorage, key, text.value));
}
