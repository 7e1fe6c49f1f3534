import { findProof } from "../../../comments/proof-of-work.ts";

/**
 * Solves the challenge of a comment just posted (proof of work or Turnstile), submits the solution and shows the comment
 * in its new state. Without this script the comment waits for approval, as the page says.
 */
const form = document.querySelector<HTMLFormElement>("form.challenge");
if (form !== null) start(form);

function start(form: HTMLFormElement): void {
	form.hidden = false;
	if (form.dataset.kind === "proof_of_work") void solve(form);
	else {
		// Turnstile's script, which loads after this one, calls the function named in its element's `data-callback`.
		Object.assign(window, {
			passedTurnstile: (token: string) => void submit(form, "cf-turnstile-response", token),
		});
	}
}

async function solve(form: HTMLFormElement): Promise<void> {
	const token = String(new FormData(form).get("flash"));
	// `crypto.subtle` exists in secure contexts only; elsewhere the visitor is told that the comment waits.
	const nonce = await findProof(token).catch(() => null);
	if (nonce === null) showFailure(form);
	else await submit(form, "nonce", nonce);
}

async function submit(form: HTMLFormElement, field: string, value: string): Promise<void> {
	const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
	body.set(field, value);
	const response = await fetch(form.action, { method: "POST", body }).catch(() => null);
	const html = response?.ok ? await response.text().catch(() => "") : "";
	const item = form.closest("li");
	const article = item?.querySelector("article");
	const page = new DOMParser().parseFromString(html, "text/html");
	const updated = page.querySelector(`#${item?.id} > article`);
	if (response === null || !article || !updated) return showFailure(form);
	// Only the comment is replaced, so that nothing moves and a draft in the form below is kept.
	article.replaceWith(updated);
	const heading = page.querySelector("#comments-heading");
	if (heading) document.querySelector("#comments-heading")?.replaceWith(heading);
	// The count includes the visitor's own comment, which is not announced to them as new.
	const [current, next] = [document, page].map((each) => each.querySelector<HTMLElement>("#comments"));
	if (current && next) current.dataset.count = next.dataset.count ?? "";
	history.replaceState(null, "", `${response.url}#${item?.id}`);
}

function showFailure(form: HTMLFormElement): void {
	form.textContent = form.dataset.failed ?? "";
}
