import { Hono } from "hono";
import { type Flash, verifyFlash } from "../../comments/form-tokens.ts";
import { isValidProof } from "../../comments/proof-of-work.ts";
import { BlogError } from "../../errors.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { type Form, readForm } from "../http/form.ts";
import { turnstileField } from "../ui/challenge-form.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { flashUrl } from "./flash-url.ts";

/** Route for a passed challenge, which publishes a comment without a moderator. */
export const challenges = new Hono<AppEnv>();

// The signed flash token names the comment and is the input of the proof of work. It expires. Sending it again publishes
// nothing, since the comment is no longer held.
challenges.post("/comments/:id{[1-9][0-9]{0,14}}/proof", async (c) => {
	const { secrets } = c.var.services;
	const { form, flash, entry } = await readProof(c);
	const id = Number(c.req.param("id"));
	if (!flash?.challenge || flash.comment !== id || !entry || secrets.signing === null) {
		return refuseProof(c);
	}
	const published = await publishIfPassed(c, flash, form).catch((error) => {
		logDatabaseFailure(error, c);
		return false;
	});
	return c.redirect(
		await flashUrl(c, entry.path, { ...flash, challengeFailed: !published }, secrets.signing),
		303,
	);
});

/** Refuses a proof that is forged, expired or not sent by a page of this site. */
export async function refuseProof(c: AppContext): Promise<never> {
	const { entry } = await readProof(c);
	const lang = entry?.lang ?? c.var.services.archive.site.language;
	throw new BlogError("forbidden", stringsFor(lang).challengeExpired, { lang });
}

async function readProof(c: AppContext) {
	const { archive, clock, secrets } = c.var.services;
	const form = await readForm(c);
	const flash =
		secrets.signing === null ? null : await verifyFlash(form("flash"), secrets.signing, clock.now());
	return { form, flash, entry: flash === null ? null : archive.findById(flash.post, clock.now()) };
}

/** Publishes a comment held for the challenge only; false if that failed, or during a flood, when every comment is held. */
async function publishIfPassed(
	c: AppContext,
	{ comment, createdAt, challenge }: Flash,
	form: Form,
): Promise<boolean> {
	if (comment === null || createdAt === undefined || challenge === undefined) return false;
	const { conversation, clock } = c.var.services;
	const passed =
		challenge === "proof_of_work"
			? await isValidProof(form("flash"), form("nonce"))
			: ((await conversation.turnstile?.verify(form(turnstileField), c.var.services.log)) ?? false);
	if (!passed || (await conversation.isFlooded(clock.now()))) return false;
	const published = await conversation.comments.decide([comment], "published", {
		actor: "author",
		reason: "",
		at: clock.now(),
		from: "held",
		createdAt,
		challenge,
	});
	return published.length > 0;
}
