/** Adds keyboard shortcuts to the admin, and decides in place on the queue. Everything works without it. */
import { box, cards, followFocus } from "./admin/cards.ts";
import { decideInPlace } from "./admin/decide-in-place.ts";
import { listenToKeys } from "./admin/keys.ts";

followFocus();
listenToKeys();

const queue = document.querySelector<HTMLElement>("#queue");
if (queue !== null) {
	showControls(queue);
	decideInPlace(queue);
	new MutationObserver(() => showControls(queue)).observe(queue, { childList: true });
} else showControls(document);

/** Shows the controls that only work with a script. */
function showControls(within: ParentNode): void {
	within.querySelector(".shortcuts-button")?.removeAttribute("hidden");
	const selectAll = within.querySelector<HTMLInputElement>("#select-all");
	selectAll?.closest("label")?.removeAttribute("hidden");
	selectAll?.addEventListener("change", () => {
		for (const card of cards()) {
			const each = box(card);
			if (each) each.checked = selectAll.checked;
		}
	});
}
