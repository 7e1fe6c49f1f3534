import { hidden } from "./hidden-field.ts";
import { store, stored } from "./storage.ts";

/** Reactions without leaving the page; what this browser gave is marked, and pressed again taken back. */
export function reactInPlace(section: HTMLElement, you: string): void {
	const given = new Set<string>(JSON.parse(stored(localStorage, "reacted") ?? "[]"));
	const nameOf = (form: HTMLFormElement, button: HTMLButtonElement) => {
		const fields = new FormData(form);
		return `${fields.get("post")}/${fields.get("comment") ?? ""}/${button.value}`;
	};
	const mark = (button: HTMLButtonElement, label: string, pressed: boolean) => {
		button.ariaLabel = pressed ? label + you : label;
		button.ariaPressed = String(pressed);
	};
	if (given.size > 0) {
		for (const button of section.querySelectorAll<HTMLButtonElement>(".reactions button")) {
			if (button.form && given.has(nameOf(button.form, button))) mark(button, button.ariaLabel ?? "", true);
		}
	}
	section.addEventListener("submit", async (event) => {
		const { target: form, submitter: button } = event;
		if (!(form instanceof HTMLFormElement && form.matches(".reactions"))) return;
		if (!(button instanceof HTMLButtonElement)) return;
		event.preventDefault();
		const name = nameOf(form, button);
		const back = given.has(name);
		try {
			const response = await fetch(back ? "/reactions/removals" : "/reactions", {
				method: "POST",
				body: new URLSearchParams(new FormData(form, button) as unknown as Record<string, string>),
				headers: { Accept: "application/json" },
			});
			if (!response.ok) throw response;
			const { label, count } = await response.json();
			if (back) given.delete(name);
			else given.add(name);
			store(localStorage, "reacted", JSON.stringify([...given].slice(-500)));
			mark(button, label, !back);
			button.querySelector("b")?.remove();
			if (count !== "")
				button.append(" ", Object.assign(document.createElement("b"), { textContent: count }));
		} catch {
			// The page that says what is wrong is the one a reader without this script gets.
			hidden(form, "kind", button.value);
			form.submit();
		}
	});
}
