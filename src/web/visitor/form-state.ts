import type { TypedComment } from "../../comments/draft.ts";
import { signRenderedAt, verifyRenderedAt } from "../../comments/form-tokens.ts";
import type { FormSignals } from "../../comments/submit.ts";
import type { AppContext } from "../http/context.ts";
import type { Form } from "../http/form.ts";
import { type FormState, honeypotName } from "../ui/comment-form.tsx";
import { clearAuthorCookie, rememberedAuthor, setAuthorCookie } from "./remembered-author.ts";

/** Returns a new form for one visitor: prefilled from the `author` cookie, with a key of its own. */
export async function newFormState(c: AppContext): Promise<{ typed: TypedComment; form: FormState }> {
	const remembered = rememberedAuthor(c);
	const key = crypto.randomUUID();
	return {
		typed: { name: "", email: "", website: "", ...remembered, text: "" },
		form: { key, remembered: remembered !== null, renderedAt: await signedNow(c), honeypot: "" },
	};
}

/** Returns the state of a form shown again: a new key, the time of the first rendering, the rest unchanged. */
export async function repeatedFormState(c: AppContext, form: Form): Promise<FormState> {
	const known = (await renderedAt(c, form)) !== null;
	return {
		key: crypto.randomUUID(),
		remembered: form("remember") !== "",
		renderedAt: known ? form("rendered_at") : await signedNow(c),
		honeypot: form(honeypotName),
	};
}

/** Returns the signs of a program in a posted form: a filled honeypot, and the time since it was rendered. */
export async function formSignalsOf(c: AppContext, form: Form): Promise<FormSignals> {
	const rendered = await renderedAt(c, form);
	const now = c.var.services.clock.now();
	return {
		honeypotFilled: form(honeypotName).trim() !== "",
		// Unknown if the clock was set back meanwhile.
		elapsed: rendered === null || rendered > now ? null : now - rendered,
	};
}

async function signedNow(c: AppContext): Promise<string | null> {
	const { secrets, clock } = c.var.services;
	return secrets.signing === null ? null : signRenderedAt(clock.now(), secrets.signing);
}

async function renderedAt(c: AppContext, form: Form): Promise<number | null> {
	const { secrets, clock } = c.var.services;
	return secrets.signing === null
		? null
		: verifyRenderedAt(form("rendered_at"), secrets.signing, clock.now());
}

/** Returns the single-use key of a form, or null for the form on the shared page. */
export function formKeyOf(form: Form): string | null {
	const key = form("key");
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) ? key : null;
}

/** Sets the `author` cookie if the box is ticked. An unticked box deletes it only on a form that could have shown it ticked. */
export function updateAuthorCookie(c: AppContext, form: Form): void {
	if (form("remember") !== "") {
		setAuthorCookie(c, { name: form("name"), email: form("email"), website: form("website") });
	} else if (form("rendered_at") !== "" && rememberedAuthor(c) !== null) {
		clearAuthorCookie(c);
	}
}
