import { html } from "hono/html";
import type { StepUp } from "../../comments/judgement.ts";
import { stringsFor } from "../strings/strings.ts";

/** What a private page asks of its reader's browser, so that their comment need not wait for a person. */
export type StepUpForm = {
	step: StepUp;
	/** The page's own token, which the work is done on. */
	token: string;
	script: string;
	/** Turnstile's script and the key it is shown with. */
	widget: { script: string; siteKey: string } | null;
};

/** The field Turnstile puts its token in. */
export const turnstileField = "cf-turnstile-response";

/** The form for it. Without script nobody sees it, and the comment waits as the words above it say. */
export function stepUpForm({ step, token, script, widget }: StepUpForm, comment: number, lang: string) {
	const strings = stringsFor(lang);
	const place =
		widget === null
			? ""
			: html`<div class="cf-turnstile" data-sitekey="${widget.siteKey}" data-callback="passedTurnstile" data-size="flexible" data-language="${lang}"></div>`;
	const theirs = widget === null ? "" : html`<script defer src="${widget.script}"></script>`;
	return html`<form class="step-up" method="post" action="/comments/${comment}/proof" data-step="${step}" data-failed="${strings.unproven}" hidden><input type="hidden" name="fresh" value="${token}"><p>${step === "proof" ? strings.proving : strings.passTurnstile}</p>${place}</form><script defer src="${script}"></script>${theirs}`;
}
