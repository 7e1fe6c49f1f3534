import { box, cards, currentCard, focusCard, isSelected } from "./cards.ts";

/** Adds keyboard shortcuts for the buttons of comments. */
export function listenToKeys(): void {
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
		const step = { j: 1, k: -1 }[event.key];
		if (step !== undefined) move(step);
		// A key held down repeats: it may move on, but must not decide about comments nobody has read.
		else if (!event.repeat && !act(event.key)) return;
		event.preventDefault();
	});
}

/** Does what a key stands for; false if it stands for nothing. */
function act(key: string): boolean {
	if (key === "?") document.querySelector<HTMLElement>("#shortcuts")?.togglePopover();
	else if (key === "x") box(currentCard())?.click();
	else if (key === "o") toggleText(currentCard());
	else if (key === "u") press(document, key);
	else if (key === "a" || key === "s" || key === "d") {
		const bar = cards().some(isSelected) ? document.querySelector(".bulk-actions") : null;
		press(bar ?? currentCard(), key);
	} else return false;
	return true;
}

function move(step: number): void {
	const all = cards();
	const current = currentCard();
	const at = current === undefined ? -1 : all.indexOf(current);
	focusCard(all[Math.max(0, Math.min(all.length - 1, at + step))]);
}

function press(within: ParentNode | undefined, key: string): void {
	within?.querySelector<HTMLElement>(`button[data-key="${key}"]`)?.click();
}

function toggleText(card: HTMLElement | undefined): void {
	const text = card?.querySelector<HTMLDetailsElement>("details.fold");
	if (text) text.open = !text.open;
}

function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")
	);
}
