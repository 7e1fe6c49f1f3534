import { findProof } from "../../comments/proof-of-work.ts";

/**
 * On the page after posting, where a comment waits for nothing but a word from the browser: does what is asked, sends it
 * and shows the comment as it is then. Without this script the comment waits for approval, as the page says.
 */
const form = document.querySelector<HTMLFormElement>("form.step-up");
if (form !== null) begin(form);

function begin(form: HTMLFormElement): void {
	form.hidden = false;
	if (form.dataset.step === "proof") void prove(form);
	else {
		// Turnstile's script, which comes after this one, calls the function its element names.
		Object.assign(window, {
			passedTurnstile: (token: string) => void send(form, "cf-turnstile-response", token),
		});
	}
}

async function prove(form: HTMLFormElement): Promise<void> {
	const token = String(new FormData(form).get("fresh"));
	// Only a secure page has the means; any other is told what becomes of the comment.
	const nonce = await findProof(token).catch(() => null);
	if (nonce === null) fail(form);
	else await send(form, "nonce", nonce);
}

async function send(form: HTMLFormElement, field: string, value: string): Promise<void> {
	const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
	body.set(field, value);
	const response = await fetch(form.action, { method: "POST", body }).catch(() => null);
	const answer = response?.ok ? await response.text().catch(() => "") : "";
	const comment = form.closest("li");
	const article = comment?.querySelector("article");
	const page = new DOMParser().parseFromString(answer, "text/html");
	const now = page.querySelector(`#${comment?.id} > article`);
	if (response === null || !article || !now) return fail(form);
	// In place, so that nothing moves and nothing is lost that is being written below.
	article.replaceWith(now);
	const heading = page.querySelector("#comments-heading");
	if (heading) document.querySelector("#comments-heading")?.replaceWith(heading);
	// Their own comment is no news to them.
	const [shown, then] = [document, page].map((each) => each.querySelector<HTMLElement>("#comments"));
	if (shown && then) shown.dataset.count = then.dataset.count ?? "";
	history.replaceState(null, "", `${response.url}#${comment?.id}`);
}

function fail(form: HTMLFormElement): void {
	form.textContent = form.dataset.failed ?? "";
}
