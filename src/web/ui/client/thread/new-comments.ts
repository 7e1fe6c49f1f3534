/**
 * Polls for new comments and links to the first of them. Polls less often over time, and not while the tab is hidden. The
 * live region is there from the beginning, as screen readers require; the link in it stays a link.
 */
export function watchForNewComments(section: HTMLElement): void {
	const { post = "", newComments = "{}" } = section.dataset;
	const forms: Record<string, string> = JSON.parse(newComments);
	const region = Object.assign(document.createElement("p"), {
		className: "new-comments",
		ariaLive: "polite",
	});
	section.querySelector("h2")?.after(region);
	let delay = 30_000;
	const poll = async () => {
		if (document.hidden) return document.addEventListener("visibilitychange", poll, { once: true });
		const response = await fetch(`/comments/count?post=${encodeURIComponent(post)}`).catch(() => null);
		if (response?.ok) {
			const { comments, latest } = await response.json();
			const added = comments - Number(section.dataset.count);
			const first = latest[Math.min(added, latest.length) - 1];
			if (first !== undefined) {
				const message = forms[new Intl.PluralRules(section.lang).select(added)] ?? forms.other ?? "";
				const textContent = message.replace("{count}", added.toLocaleString(section.lang));
				region.replaceChildren(
					Object.assign(document.createElement("a"), { href: `/comments/${first}`, textContent }),
				);
			}
		}
		delay = Math.min(delay * 1.5, 600_000);
		setTimeout(poll, delay);
	};
	setTimeout(poll, delay);
}
