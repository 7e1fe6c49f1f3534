import { Hono } from "hono";
import { isValidProof } from "../../comments/proof-of-work.ts";
import type { Challenge } from "../../comments/verdict.ts";
import { BlogError } from "../../errors.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { boundedBody, type Form, readForm } from "../http/form.ts";
import { isSameOrigin } from "../http/same-origin.ts";
import { logThreadFailure } from "../site/read-thread.ts";
import { turnstileField } from "../ui/challenge-form.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { flashUrl } from "./comments.tsx";
import { verifyFlash } from "./form-tokens.ts";

/** Route for a passed challenge, which publishes a comment without a moderator. */
export const challenges = new Hono<AppEnv>();

// The signed flash token names the comment and is the input of the proof of work. It expires. Sending it again publishes
// nothing, since the comment is no longer held.
challenges.post("/comments/:id{[1-9][0-9]{0,14}}/proof", boundedBody, async (c) => {
	cache(c, "none");
	const { archive, now, signingSecret } = c.var.services;
	const form = await readForm(c);
	const flash = signingSecret === null ? null : await verifyFlash(form("flash"), signingSecret, now());
	const entry = flash === null ? null : archive.findById(flash.post, now());
	const { challengeExpired: proofVoid } = stringsFor(entry?.lang ?? archive.site.language);
	const id = Number(c.req.param("id"));
	if (!isSameOrigin(c) || !flash?.challenge || flash.comment !== id || !entry || signingSecret === null) {
		throw new BlogError("forbidden", proofVoid);
	}
	const published = await publishIfPassed(c, id, flash.challenge, form).catch((error) => {
		logThreadFailure(error, c);
		return false;
	});
	return c.redirect(
		await flashUrl(c, entry.path, { ...flash, challengeFailed: !published }, signingSecret),
		303,
	);
});

/** Publishes a comment held for the challenge only; false if that failed, or during a flood, when every comment is held. */
async function publishIfPassed(
	c: AppContext,
	id: number,
	challenge: Challenge,
	form: Form,
): Promise<boolean> {
	const { comments, isFlooded, now, turnstile } = c.var.services;
	const passed =
		challenge === "proof_of_work"
			? await isValidProof(form("flash"), form("nonce"))
			: ((await turnstile?.verify(form(turnstileField))) ?? false);
	if (!passed || (await isFlooded(now()))) return false;
	const published = await comments.decide([id], "published", {
		actor: "author",
		reason: "",
		at: now(),
		from: "held",
		challenge,
	});
	return published.length > 0;
}
