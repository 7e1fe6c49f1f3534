import { Hono } from "hono";
import type { StepUp } from "../../comments/judgement.ts";
import { isProof } from "../../comments/proof-of-work.ts";
import { BlogError } from "../../errors.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody, type Form, readForm } from "../form.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { verifyFresh } from "../tokens.ts";
import { turnstileField } from "../views/step-up.ts";
import { freshAddress } from "./comments.tsx";

/** What a browser does so that its comment need not wait for a person. */
export const proofs = new Hono<AppEnv>();

/**
 * The token of the page after posting says whose comment it is and is what the work is done on: it is signed, is about one
 * comment, and lapses. Doing it twice publishes nothing twice, since the comment no longer waits.
 */
proofs.post("/comments/:id{[1-9][0-9]{0,14}}/proof", boundedBody, async (c) => {
	cache(c, "none");
	const { archive, now, signingSecret } = c.var.services;
	const form = await readForm(c);
	const act = signingSecret === null ? null : await verifyFresh(form("fresh"), signingSecret, now());
	const entry = act === null ? null : archive.byId(act.post, now());
	const { proofVoid } = stringsFor(entry?.lang ?? archive.site.language);
	const id = Number(c.req.param("id"));
	if (!isSameOrigin(c) || !act?.owes || act.comment !== id || !entry || signingSecret === null) {
		throw new BlogError("forbidden", proofVoid);
	}
	const done = await publishIfProven(c, id, act.owes, form).catch((error) => {
		troubleOf(error, c);
		return false;
	});
	return c.redirect(await freshAddress(c, entry.path, { ...act, unproven: !done }, signingSecret), 303);
});

/** Publishes a comment that waited for nothing else; false when it did not, or while everything has to wait. */
async function publishIfProven(c: AppContext, id: number, step: StepUp, form: Form): Promise<boolean> {
	const { comments, isFlooded, now, turnstile } = c.var.services;
	const proven =
		step === "proof"
			? await isProof(form("fresh"), form("nonce"))
			: ((await turnstile?.passed(form(turnstileField))) ?? false);
	if (!proven || (await isFlooded(now()))) return false;
	const published = await comments.decide([id], "published", {
		madeBy: "author",
		reason: "",
		at: now(),
		from: "held",
		stepUp: step,
	});
	return published.length > 0;
}
