import { BlogError } from "../../errors.ts";
import type { AppContext } from "../http/context.ts";
import { isDatabaseFailure } from "../http/database-failure.ts";
import { logFault, messageOf, statusOf } from "../http/errors.ts";
import { isWrite } from "../http/methods.ts";
import { fill } from "../ui/strings/strings.ts";
import { AdminErrorPage } from "./error-page.tsx";
import { adminLanguageOf, databaseFailureMessage } from "./request.ts";
import { readSubmittedForm } from "./submitted-form.ts";

/** Renders an error below `/admin`; a form that failed because of the database is returned as it was filled in. */
export async function answerAdminError(error: Error, c: AppContext): Promise<Response> {
	const words = adminLanguageOf(c);
	const { strings } = words;
	const status = statusOf(error);
	const [title, text] =
		status === 500
			? [strings.errorTitle, fill(strings.errorText, { id: logFault(error, c) })]
			: [strings.refusedTitle, messageOf(error, words.lang) ?? databaseFailureMessage(c, error)];
	const { archive } = c.var.services;
	const frame = { archive, actor: c.var.actor ?? null, path: c.req.path, ...words };
	// Handlers query the database only after the form's origin and size were checked; no other form is returned.
	const failed = isDatabaseFailure(error instanceof BlogError ? error.cause : error);
	const sent = failed && isWrite(c) ? await readSubmittedForm(c) : null;
	return c.html(<AdminErrorPage {...frame} title={title} text={text} form={sent} />, status);
}
