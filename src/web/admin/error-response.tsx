import { BlogError } from "../../errors.ts";
import type { AppContext } from "../http/context.ts";
import { isDatabaseFailure } from "../http/database-failure.ts";
import { logFault, messageOf, statusOf } from "../http/errors.ts";
import { isWrite } from "../http/methods.ts";
import { fill } from "../ui/strings/strings.ts";
import { AdminErrorPage, type SubmittedForm } from "./error-page.tsx";
import { adminLanguageOf, databaseFailureMessage } from "./request.ts";

/** Renders an error below `/admin`; a form that failed because of the database is returned as it was filled in. */
export async function answerAdminError(error: Error, c: AppContext): Promise<Response> {
	const words = adminLanguageOf(c);
	const { strings } = words;
	const status = statusOf(error);
	const [title, text] =
		status === 500
			? [strings.errorTitle, fill(strings.errorText, { id: logFault(error, c) })]
			: [strings.refusedTitle, messageOf(error) ?? databaseFailureMessage(c, error)];
	const { archive } = c.var.services;
	const frame = { archive, actor: c.var.actor ?? null, path: c.req.path, ...words };
	// Handlers query the database only after the form's origin and size were checked; no other form is returned.
	const failed = isDatabaseFailure(error instanceof BlogError ? error.cause : error);
	const sent = failed && isWrite(c) ? await sentForm(c) : null;
	return c.html(<AdminErrorPage {...frame} title={title} text={text} form={sent} />, status);
}

/** Most fields of a returned form: more than the largest, a page of selected comments, has. */
const maxFields = 100;

/** Reads the posted form so that it can be sent again; null without one, or if it holds a passkey's single-use answer. */
async function sentForm(c: AppContext): Promise<SubmittedForm | null> {
	const body = await c.req.formData().catch(() => null);
	if (body === null || body.has("credential")) return null;
	const fields = [...body].flatMap(([name, value]) => (typeof value === "string" ? [{ name, value }] : []));
	if (fields.length > maxFields) return null;
	const { pathname, search } = new URL(c.req.url);
	return { action: pathname + search, fields };
}
