/** Shows a preview below the text whenever typing pauses, rendered by the server as the comment will be. */
export function previewWhileTyping(form: HTMLFormElement, text: HTMLTextAreaElement): void {
	const preview = document.createElement("div");
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
			preview.className = prose ? "preview prose" : "";
			preview.replaceChildren(...(prose?.childNodes ?? []));
			text.after(preview);
		}, 1000);
	});
}
