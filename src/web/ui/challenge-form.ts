import { html } from "hono/html";
import type { Challenge } from "../../comments/verdict.ts";
import { stringsFor } from "./strings/strings.ts";

/** Data of the challenge on a private page, by which a browser publishes a held comment. */
export type ChallengeForm = {
	kind: Challenge;
	/** The page's flash token, which is the input of the proof of work. */
	token: string;
	script: string;
	/** Turnstile's script and site key; null for the proof of work. */
	widget: { script: string; siteKey: string } | null;
};

/** Form field in which Turnstile stores its token. */
export const turnstileField = "cf-turnstile-response";

/** Renders the form of a challenge. It stays hidden without JavaScript, and the comment waits for approval. */
export function challengeForm({ kind, token, script, widget }: ChallengeForm, comment: number, lang: string) {
	const strings = stringsFor(lang);
	const container =
		widget === null
			? ""
			: html`<div class="cf-turnstile" data-sitekey="${widget.siteKey}" data-callback="passedTurnstile" data-size="flexible" data-language="${lang}"></div>`;
	const widgetScript = widget === null ? "" : html`<script defer src="${widget.script}"></script>`;
	return html`<form class="challenge" method="post" action="/comments/${comment}/proof" data-kind="${kind}" data-failed="${strings.challengeFailed}" hidden><input type="hidden" name="flash" value="${token}"><p>${kind === "proof_of_work" ? strings.challengeProof : strings.challengeTurnstile}</p>${container}</form><script defer src="${script}"></script>${widgetScript}`;
}
