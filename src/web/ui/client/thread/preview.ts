/** Shows a preview below the buttons whenever typing pauses, rendered by the server as the comment will be. */
export function previewWhileTyping(form: HTMLFormElement, text: HTMLTextAreaElement): void {
	const label = form.querySelector('button[value="preview"]')?.textContent ?? "";
	const region = Object.assign(document.createElement("section"), { className: "preview", ariaLabel: label });
	// A live region, so that the first preview is announced by its name.
	const heading = Object.assign(document.createElement("p"), { className: "hint", role: "status" });
	const content = Object.assign(document.createElement("div"), { className: "prose" });
	region.append(heading, content);
	region.hidden = true;
	form.append(region);
	let timer: ReturnType<typeof setTimeout> | undefined;
	text.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(async () => {
			const fields = new FormData(form);
			fields.set("intent", "preview");
			for (const [name, value] of [
				["name", "?"],
				["email", ""],
				["website", ""],
			] as const)
				fields.set(name, value);
			const body = new URLSearchParams(fields as unknown as Record<string, string>);
			const response = await fetch("/comments", { method: "POST", body }).catch(() => null);
			const page = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
			const prose = page?.querySelector(".preview .prose");
			region.hidden = !prose;
			heading.textContent = prose ? label : "";
			content.replaceChildren(...(prose?.childNodes ?? []));
		}, 1000);
	});
}
