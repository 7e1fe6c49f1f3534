/** Says that there is more to read, asking ever more seldom and not at all while nobody is looking. */
export function watchForNew(section: HTMLElement): void {
	const { post = "", fresh = "{}" } = section.dataset;
	const forms: Record<string, string> = JSON.parse(fresh);
	let pause = 30_000;
	const ask = async () => {
		if (document.hidden) return document.addEventListener("visibilitychange", ask, { once: true });
		const response = await fetch(`/comments/count?post=${encodeURIComponent(post)}`).catch(() => null);
		const added = response?.ok ? (await response.json()).comments - Number(section.dataset.count) : 0;
		if (added > 0) {
			const link = section.querySelector<HTMLAnchorElement>("a.fresh") ?? document.createElement("a");
			link.className = "fresh";
			link.href = `${location.pathname}?sort=newest#comments`;
			link.role = "status";
			const words = forms[new Intl.PluralRules(section.lang).select(added)] ?? forms.other ?? "";
			link.textContent = words.replace("{count}", added.toLocaleString(section.lang));
			section.querySelector("h2")?.after(link);
		}
		pause = Math.min(pause * 1.5, 600_000);
		setTimeout(ask, pause);
	};
	setTimeout(ask, pause);
}
