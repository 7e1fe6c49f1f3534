import { box, currentCard, focusCard } from "./cards.ts";

/** Changes the queue to what the server shows after a decision: cards that are the same stay, with focus and selection. */
export function mergeQueue(queue: HTMLElement, answer: HTMLElement, decided: readonly HTMLElement[]): void {
	for (const card of decided) card.inert = false;
	const list = queue.querySelector(".queue");
	const newList = answer.querySelector(".queue");
	if (list === null || newList === null) {
		queue.replaceChildren(...answer.children);
		const first = queue.querySelector<HTMLElement>("article[data-comment]");
		(first ?? queue.querySelector<HTMLElement>(".lead"))?.focus();
		return;
	}
	for (const summary of [".lead", ".spam-summary"]) {
		const changed = answer.querySelector(summary)?.childNodes ?? [];
		queue.querySelector(summary)?.replaceChildren(...changed);
	}
	queue.querySelector(".paging")?.remove();
	queue.append(...answer.querySelectorAll(".paging"));
	mergeCards(list, newList);
}

/** Shows the result of an operation, in a live region that exists before it; null keeps or makes it empty. */
export function showResult(result: Element | string | null): void {
	let region = document.querySelector<HTMLElement>(".notice.result");
	if (region === null) {
		region = document.createElement("div");
		region.className = "notice result";
		region.role = "status";
		document.querySelector("#queue")?.before(region);
	}
	if (typeof result === "string") region.textContent = result;
	else if (result !== null) region.replaceChildren(...result.childNodes);
}

/** Removes, adds and replaces cards, moving none: a moved element loses the focus. */
function mergeCards(list: Element, newList: Element): void {
	const current = currentCard();
	const hadFocus = current?.contains(document.activeElement) ?? false;
	const old = byId(list);
	const wanted = byId(newList);
	for (const [id, card] of old) if (!wanted.has(id)) card.remove();
	let place: Element | null = list.querySelector("article[data-comment], .bulk-actions");
	let added: HTMLElement | undefined;
	for (const [id, card] of wanted) {
		const same = old.get(id);
		if (same === undefined) {
			list.insertBefore(card, place);
			added ??= card;
			continue;
		}
		place = same.nextElementSibling;
		if (same.inert || formOf(same) === formOf(card)) continue;
		const [checkbox, before] = [box(card), box(same)];
		if (checkbox && before) checkbox.checked = before.checked;
		same.replaceWith(card);
		if (same === current && hadFocus) focusCard(card);
	}
	if (document.activeElement === document.body) focusCard(currentCard() ?? added);
}

function byId(list: Element): ReadonlyMap<string, HTMLElement> {
	const all = [...list.querySelectorAll<HTMLElement>("article[data-comment]")];
	return new Map(all.map((card) => [card.dataset.comment ?? "", card]));
}

/** Tells one rendering of a comment from another by its state and version. */
const formOf = (card: HTMLElement) =>
	`${card.className} ${card.querySelector<HTMLInputElement>('input[name="seen"]')?.value}`;
