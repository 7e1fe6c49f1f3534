import type { TypedComment } from "../comments/draft.ts";
import type { Signs } from "../comments/submit.ts";
import type { AppContext } from "./context.ts";
import type { Form } from "./form.ts";
import { forgetWho, rememberedBy, rememberWho } from "./remembered.ts";
import { signDrawn, verifyDrawn } from "./tokens.ts";
import { decoyName, type OwnForm } from "./views/comment-form.tsx";

/** A new form for one person: filled in with what they are remembered by, and with a key of its own. */
export async function ownForm(c: AppContext): Promise<{ typed: TypedComment; form: OwnForm }> {
	const remembered = rememberedBy(c);
	const key = crypto.randomUUID();
	return {
		typed: { name: "", email: "", website: "", ...remembered, text: "" },
		form: { key, remembered: remembered !== null, drawn: await drawnNow(c), decoy: "" },
	};
}

/** The form given back: a new key, the time it was first made, and everything else as they left it. */
export async function ownFormAgain(c: AppContext, form: Form): Promise<OwnForm> {
	const drawn = (await drawnAt(c, form)) === null ? await drawnNow(c) : form("drawn");
	return {
		key: crypto.randomUUID(),
		remembered: form("remember") !== "",
		drawn,
		decoy: form(decoyName),
	};
}

/** What the form gives away about who filled it in. */
export async function signsOf(c: AppContext, form: Form): Promise<Signs> {
	const drawn = await drawnAt(c, form);
	return {
		decoyFilled: form(decoyName).trim() !== "",
		elapsed: drawn === null ? null : Math.max(0, c.var.services.now() - drawn),
	};
}

async function drawnNow(c: AppContext): Promise<string | null> {
	const { signingSecret, now } = c.var.services;
	return signingSecret === null ? null : signDrawn(now(), signingSecret);
}

async function drawnAt(c: AppContext, form: Form): Promise<number | null> {
	const { signingSecret } = c.var.services;
	return signingSecret === null ? null : verifyDrawn(form("drawn"), signingSecret);
}

/** The one-time key a form came with, or null for the form everybody shares. */
export function keyOf(form: Form): string | null {
	const key = form("key");
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) ? key : null;
}

/** Remembers who they are if they wish; an unticked box forgets only where it could have been ticked. */
export function rememberIfAsked(c: AppContext, form: Form): void {
	if (form("remember") !== "") {
		rememberWho(c, { name: form("name"), email: form("email"), website: form("website") });
	} else if (form("drawn") !== "" && rememberedBy(c) !== null) {
		forgetWho(c);
	}
}
