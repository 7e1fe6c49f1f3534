/** Adds keyboard shortcuts for the buttons of the moderation queue. Everything works without it. */

const cards = [...document.querySelectorAll<HTMLElement>("article[data-comment]")];
let current = -1;

document.addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
	const step = { j: 1, k: -1 }[event.key];
	if (step !== undefined) move(step);
	else if (event.key === "?") toggleHelp();
	else if (event.key === "x") box(cards[current])?.click();
	else if (event.key === "u") press(document);
	else if (["a", "s", "d"].includes(event.key)) press(cards[current], event.key);
	else return;
	event.preventDefault();
});

for (const [index, card] of cards.entries()) {
	card.addEventListener("focusin", () => {
		current = index;
	});
}

const selectAll = document.querySelector<HTMLInputElement>("#select-all");
selectAll?.closest("label")?.removeAttribute("hidden");
selectAll?.addEventListener("change", () => {
	for (const card of cards) {
		const each = box(card);
		if (each) each.checked = selectAll.checked;
	}
});

function move(step: number): void {
	current = Math.max(0, Math.min(cards.length - 1, current + step));
	cards[current]?.focus();
	cards[current]?.scrollIntoView({ block: "nearest" });
}

function press(within: ParentNode | undefined, key = "u"): void {
	within?.querySelector<HTMLElement>(`button[data-key="${key}"]`)?.click();
}

function box(card: HTMLElement | undefined) {
	return card?.querySelector<HTMLInputElement>('input[name="id"]');
}

function toggleHelp(): void {
	const help = document.querySelector<HTMLDetailsElement>(".shortcuts");
	if (help === null) return;
	help.open = !help.open;
	help.querySelector("summary")?.focus();
}

function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")
	);
}
