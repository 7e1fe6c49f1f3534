/** Focuses the search with the key `/`, and suggests titles while somebody types. Searching works without it. */
const input = document.querySelector<HTMLInputElement>("[type=search]");
if (input !== null) {
	document.addEventListener("keydown", (event) => {
		if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		if (event.target instanceof Element && event.target.closest("input,textarea,select,[contenteditable]"))
			return;
		event.preventDefault();
		input.focus();
		input.select();
	});
	suggestTitles(input);
}

/** Offers titles in the browser's own list; one that is chosen is searched for. */
function suggestTitles(input: HTMLInputElement): void {
	const list = Object.assign(document.createElement("datalist"), { id: "suggestions" });
	input.after(list);
	input.setAttribute("list", list.id);
	let timer: ReturnType<typeof setTimeout> | undefined;
	input.addEventListener("input", (event) => {
		clearTimeout(timer);
		const typed = input.value.trim();
		// A chosen title is no typing: most browsers send another kind of event for it, or a replacement.
		if (typed === "") return;
		if (!(event instanceof InputEvent) || event.inputType === "insertReplacementText")
			input.form?.requestSubmit();
		else if (!event.isComposing) {
			timer = setTimeout(async () => {
				const response = await fetch(`/search/suggestions?${new URLSearchParams({ q: typed })}`).catch(
					() => null,
				);
				if (!response?.ok || input.value.trim() !== typed) return;
				const [, titles]: [string, string[]] = await response.json();
				list.replaceChildren(
					...titles.map((value) => Object.assign(document.createElement("option"), { value })),
				);
			}, 200);
		}
	});
}
