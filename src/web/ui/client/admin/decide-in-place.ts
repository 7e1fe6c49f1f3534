import { addHiddenField } from "../thread/hidden-field.ts";
import { box, cards, currentCard, focusCard, isSelected } from "./cards.ts";
import { mergeQueue, showResult } from "./merge-queue.ts";

/** Forms of the queue that are sent without leaving the page. */
const actions: ReadonlySet<string> = new Set(["/admin/decisions", "/admin/undo"]);

/** Forms that are being sent or wait for the one before them. */
let sending = 0;
let previous: Promise<void> = Promise.resolve();

/**
 * Sends decisions from the queue one after the other, in the background, and shows what the answer changed. The next comment
 * has the focus at once; place and selection stay.
 */
export function decideInPlace(queue: HTMLElement): void {
	showResult(null);
	document.addEventListener("submit", (event) => {
		const { target: form, submitter } = event;
		if (!(form instanceof HTMLFormElement) || !actions.has(new URL(form.action).pathname)) return;
		event.preventDefault();
		const body = new FormData(form, submitter);
		const decided = decidedCards(form, submitter);
		goOnAfter(decided, submitter);
		sending++;
		previous = previous.then(() => send(queue, form, body, decided)).finally(() => sending--);
	});
	addEventListener("beforeunload", (event) => {
		if (sending > 0) event.preventDefault();
	});
}

/** Returns the cards a press decides: the one of its button, or the selected ones. */
function decidedCards(form: HTMLFormElement, submitter: HTMLElement | null): readonly HTMLElement[] {
	if (!form.matches(".queue")) return [];
	const own = submitter?.closest<HTMLElement>("article[data-comment]");
	return own ? [own] : cards().filter(isSelected);
}

/** Sets decided cards aside and moves the focus from them to the next one, to the same button if it was on one. */
function goOnAfter(decided: readonly HTMLElement[], submitter: HTMLElement | null): void {
	const current = currentCard();
	const onButton = document.activeElement === submitter ? submitter?.dataset.key : undefined;
	const all = cards();
	for (const card of decided) {
		card.inert = true;
		const checkbox = box(card);
		if (checkbox) checkbox.checked = false;
	}
	if (current === undefined || !decided.includes(current)) return;
	const rest = cards();
	const next = rest.find((card) => all.indexOf(card) > all.indexOf(current)) ?? rest.at(-1);
	focusCard(next);
	if (onButton) next?.querySelector<HTMLElement>(`button[data-key="${onButton}"]`)?.focus();
}

async function send(
	queue: HTMLElement,
	form: HTMLFormElement,
	body: FormData,
	decided: readonly HTMLElement[],
): Promise<void> {
	const response = await fetch(form.action, { method: "POST", body }).catch(() => null);
	if (response === null) {
		for (const card of decided) card.inert = false;
		showResult(queue.dataset.notSent ?? "");
		return;
	}
	const page = new DOMParser().parseFromString(await response.text(), "text/html");
	const answer = page.querySelector<HTMLElement>("#queue");
	if (response.ok && answer !== null) {
		mergeQueue(queue, answer, decided);
		showResult(page.querySelector(".notice.result"));
	} else sendAgain(form.action, body);
}

/** Sends a form as without a script, for an answer that is not the queue, such as the sign-in page. */
function sendAgain(action: string, body: FormData): void {
	const form = document.createElement("form");
	form.method = "post";
	form.action = action;
	for (const [name, value] of body) addHiddenField(form, name, String(value));
	document.body.append(form);
	sending = 0;
	form.submit();
}
