import type { TypedComment } from "../comments/draft.ts";
import type { AppContext } from "./context.ts";
import type { Form } from "./form.ts";
import { forgetWho, rememberedBy, rememberWho } from "./remembered.ts";
import type { OwnForm } from "./views/comment-form.tsx";

/** A new form for one person: filled in with what they are remembered by, and with a key of its own. */
export function ownForm(c: AppContext): { typed: TypedComment; form: OwnForm } {
	const remembered = rememberedBy(c);
	return {
		typed: { name: "", email: "", website: "", ...remembered, text: "" },
		form: { key: crypto.randomUUID(), remembered: remembered !== null },
	};
}

/** The form given back: a new key, and the box as they left it. */
export function ownFormAgain(form: Form): OwnForm {
	return { key: crypto.randomUUID(), remembered: form("remember") !== "" };
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
	} else if (keyOf(form) !== null && rememberedBy(c) !== null) {
		forgetWho(c);
	}
}
