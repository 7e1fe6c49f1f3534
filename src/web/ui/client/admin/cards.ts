/** The comments of an admin page: which are shown, which one keys act on, which are selected. */

let lastFocused: HTMLElement | null = null;

/** Returns the cards of comments that are not being decided. */
export function cards(): HTMLElement[] {
	return [...document.querySelectorAll<HTMLElement>("article[data-comment]")].filter(({ inert }) => !inert);
}

/** Returns the card with the focus, or that had it last; the only card of a comment's own page needs none. */
export function currentCard(): HTMLElement | undefined {
	const all = cards();
	return all.find((card) => card === lastFocused) ?? (box(all[0]) === null ? all[0] : undefined);
}

/** Returns the checkbox of a card, null for a card without. */
export function box(card: HTMLElement | undefined): HTMLInputElement | null {
	return card?.querySelector<HTMLInputElement>('input[name="id"]') ?? null;
}

export const isSelected = (card: HTMLElement) => box(card)?.checked === true;

export function focusCard(card: HTMLElement | undefined): void {
	card?.focus();
	card?.scrollIntoView({ block: "nearest" });
}

/** Follows the focus from card to card. */
export function followFocus(): void {
	const follow = (target: EventTarget | null) => {
		if (target instanceof Element) lastFocused = target.closest("article[data-comment]") ?? lastFocused;
	};
	document.addEventListener("focusin", ({ target }) => follow(target));
	follow(document.activeElement);
}
