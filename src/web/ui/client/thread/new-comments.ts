/** Polls for new comments and links to them. Polls less often over time, and not while the tab is hidden. */
export function watchForNewComments(section: HTMLElement): void {
	const { post = "", newComments = "{}" } = section.dataset;
	const forms: Record<string, string> = JSON.parse(newComments);
	let delay = 30_000;
	const poll = async () => {
		if (document.hidden) return document.addEventListener("visibilitychange", poll, { once: true });
		const response = await fetch(`/comments/count?post=${encodeURIComponent(post)}`).catch(() => null);
		const added = response?.ok ? (await response.json()).comments - Number(section.dataset.count) : 0;
		if (added > 0) {
			const link = section.querySelector<HTMLAnchorElement>("a.new-comments") ?? document.createElement("a");
			link.className = "new-comments";
			link.href = `${location.pathname}?sort=newest#comments`;
			link.role = "status";
			const message = forms[new Intl.PluralRules(section.lang).select(added)] ?? forms.other ?? "";
			link.textContent = message.replace("{count}", added.toLocaleString(section.lang));
			section.querySelector("h2")?.after(link);
		}
		delay = Math.min(delay * 1.5, 600_000);
		setTimeout(poll, delay);
	};
	setTimeout(poll, delay);
}
