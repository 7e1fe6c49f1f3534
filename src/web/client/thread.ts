/**
 * Small comforts on a page with comments: everything here can be done without them. Words come from the page, in
 * `data-` attributes of the conversation, so that the script is the same in every language.
 */
const conversation = document.querySelector<HTMLElement>("#comments[data-post]");
if (conversation !== null) enhance(conversation);

function enhance(section: HTMLElement): void {
	const words = section.dataset;
	watchForNew(section);
	whenNear(section, () => {
		tellRelativeTimes(section);
		reactInPlace(section, words.you ?? "");
		const form = section.querySelector<HTMLFormElement>(".comment-form");
		const text = form?.querySelector("textarea");
		if (!form || !text) return;
		keepDraft(text, words.posted !== undefined);
		previewWhileTyping(form, text);
		replyInPlace(section, form, text, words.cancel ?? "");
		if (form.elements.namedItem("key") === null) hidden(form, "key", crypto.randomUUID());
	});
}

/**
 * Waits until the comments are a screen away, so that nothing moves before anybody's eyes. Formatters of times and what a
 * browser has stored take it longer than all the rest here, and whoever never comes near does not wait for them. Whoever
 * came for a comment is there already.
 */
function whenNear(section: HTMLElement, begin: () => void): void {
	if (location.hash !== "") {
		begin();
		return;
	}
	const near = new IntersectionObserver(
		([seen]) => {
			if (!seen?.isIntersecting) return;
			near.disconnect();
			begin();
		},
		{ rootMargin: "100%" },
	);
	near.observe(section);
}

/** Times as people say them, as long as they are recent; the exact one stays in the title. */
function tellRelativeTimes(section: HTMLElement): void {
	const format = new Intl.RelativeTimeFormat(section.lang, { numeric: "auto" });
	const tell = () => {
		for (const time of section.querySelectorAll<HTMLTimeElement>(".when time")) {
			const minutes = Math.round((Date.parse(time.dateTime) - Date.now()) / 60_000);
			time.title ||= time.textContent ?? "";
			if (minutes >= 0) time.textContent = format.format(0, "second");
			else if (minutes > -60) time.textContent = format.format(minutes, "minute");
			else if (minutes > -1440) time.textContent = format.format(Math.round(minutes / 60), "hour");
			else if (minutes > -43_200) time.textContent = format.format(Math.round(minutes / 1440), "day");
			else time.textContent = time.title;
		}
	};
	tell();
	setInterval(() => document.hidden || tell(), 60_000);
}

/** Reactions without leaving the page; what this browser gave is marked, and pressed again taken back. */
function reactInPlace(section: HTMLElement, you: string): void {
	const given = new Set<string>(JSON.parse(stored(localStorage, "reacted") ?? "[]"));
	const nameOf = (form: HTMLFormElement, button: HTMLButtonElement) => {
		const fields = new FormData(form);
		return `${fields.get("post")}/${fields.get("comment") ?? ""}/${button.value}`;
	};
	const mark = (button: HTMLButtonElement, label: string, pressed: boolean) => {
		button.ariaLabel = pressed ? label + you : label;
		button.ariaPressed = String(pressed);
	};
	if (given.size > 0) {
		for (const button of section.querySelectorAll<HTMLButtonElement>(".reactions button")) {
			if (button.form && given.has(nameOf(button.form, button))) mark(button, button.ariaLabel ?? "", true);
		}
	}
	section.addEventListener("submit", async (event) => {
		const { target: form, submitter: button } = event;
		if (!(form instanceof HTMLFormElement && form.matches(".reactions"))) return;
		if (!(button instanceof HTMLButtonElement)) return;
		event.preventDefault();
		const name = nameOf(form, button);
		const back = given.has(name);
		try {
			const response = await fetch(back ? "/reactions/removals" : "/reactions", {
				method: "POST",
				body: new URLSearchParams(new FormData(form, button) as unknown as Record<string, string>),
				headers: { Accept: "application/json" },
			});
			if (!response.ok) throw response;
			const { label, count } = await response.json();
			if (back) given.delete(name);
			else given.add(name);
			store(localStorage, "reacted", JSON.stringify([...given].slice(-500)));
			mark(button, label, !back);
			button.querySelector("b")?.remove();
			if (count !== "")
				button.append(" ", Object.assign(document.createElement("b"), { textContent: count }));
		} catch {
			// The page that says what is wrong is the one a reader without this script gets.
			hidden(form, "kind", button.value);
			form.submit();
		}
	});
}

/** Says that there is more to read, asking ever more seldom and not at all while nobody is looking. */
function watchForNew(section: HTMLElement): void {
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

/** Keeps what is being written in this tab until it has been posted, which the page after posting says once. */
function keepDraft(text: HTMLTextAreaElement, posted: boolean): void {
	const key = `draft:${location.pathname}`;
	if (posted && stored(sessionStorage, "posted") !== location.search) {
		sessionStorage.removeItem(key);
		store(sessionStorage, "posted", location.search);
	} else if (text.value === "") text.value = stored(sessionStorage, key) ?? "";
	text.addEventListener("input", () => store(sessionStorage, key, text.value));
}

/** Shows below the text how it will look, made by the same renderer, whenever typing pauses. */
function previewWhileTyping(form: HTMLFormElement, text: HTMLTextAreaElement): void {
	const view = document.createElement("div");
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
			view.className = prose ? "preview prose" : "";
			view.replaceChildren(...(prose?.childNodes ?? []));
			text.after(view);
		}, 1000);
	});
}

/** Brings the form to the comment that is answered. */
function replyInPlace(
	section: HTMLElement,
	form: HTMLFormElement,
	text: HTMLTextAreaElement,
	cancel: string,
): void {
	const home = form.parentElement;
	const parent = hidden(form, "parent", "");
	const back = Object.assign(document.createElement("button"), { type: "button", textContent: cancel });
	back.addEventListener("click", () => {
		parent.value = "";
		back.remove();
		home?.append(form);
	});
	section.addEventListener("click", (event) => {
		const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.reply") : null;
		const id = link?.pathname.match(/^\/comments\/(\d+)\/reply$/)?.[1];
		if (!link || id === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		parent.value = id;
		link.closest("article")?.after(form);
		form.querySelector(".buttons")?.append(back);
		text.focus();
	});
}

function hidden(form: HTMLFormElement, name: string, value: string): HTMLInputElement {
	const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
	form.append(input);
	return input;
}

function stored(storage: Storage, key: string): string | null {
	try {
		return storage.getItem(key);
	} catch {
		// Storage is switched off: nothing is remembered.
		return null;
	}
}

function store(storage: Storage, key: string, value: string): void {
	try {
		storage.setItem(key, value);
	} catch {
		// Full or switched off: what is on the page is still there.
	}
}
