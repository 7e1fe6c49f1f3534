import { addHiddenField } from "./hidden-field.ts";
import { readJson, store } from "./storage.ts";

/** Milliseconds in which a second press is the second half of a double click. */
const doubleClick = 500;

const isStrings = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((each) => typeof each === "string");

/** Sends reactions without leaving the page. Marks those this browser gave; pressing one again removes it. */
export function reactInPlace(section: HTMLElement, you: string): void {
	const given = new Set(readJson("localStorage", "reacted", isStrings, []));
	const busy = new Set<string>();
	const keyOf = (form: HTMLFormElement, button: HTMLButtonElement) => {
		const fields = new FormData(form);
		return `${fields.get("post")}/${fields.get("comment") ?? ""}/${button.value}`;
	};
	const mark = (button: HTMLButtonElement, label: string, pressed: boolean) => {
		button.ariaLabel = pressed ? label + you : label;
		button.ariaPressed = String(pressed);
	};
	if (given.size > 0) {
		for (const button of section.querySelectorAll<HTMLButtonElement>(".reactions button")) {
			if (button.form && given.has(keyOf(button.form, button))) mark(button, button.ariaLabel ?? "", true);
		}
	}
	section.addEventListener("submit", async (event) => {
		const { target: form, submitter: button } = event;
		if (!(form instanceof HTMLFormElement && form.matches(".reactions"))) return;
		if (!(button instanceof HTMLButtonElement)) return;
		event.preventDefault();
		const key = keyOf(form, button);
		if (busy.has(key)) return;
		busy.add(key);
		const pause = new Promise((resolve) => setTimeout(resolve, doubleClick));
		const isRemoval = given.has(key);
		try {
			const response = await fetch(isRemoval ? "/reactions/removals" : "/reactions", {
				method: "POST",
				body: new URLSearchParams(new FormData(form, button) as unknown as Record<string, string>),
				headers: { Accept: "application/json" },
			});
			if (!response.ok) throw response;
			const { label, count } = await response.json();
			if (isRemoval) given.delete(key);
			else given.add(key);
			store("localStorage", "reacted", JSON.stringify([...given].slice(-500)));
			mark(button, label, !isRemoval);
			button.querySelector("b")?.remove();
			if (count !== "")
				button.append(" ", Object.assign(document.createElement("b"), { textContent: count }));
		} catch {
			// A plain submit shows the error page that visitors without this script get.
			addHiddenField(form, "kind", button.value);
			form.submit();
		}
		await pause;
		busy.delete(key);
	});
}
