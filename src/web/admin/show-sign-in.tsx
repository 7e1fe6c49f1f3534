import type { AppContext } from "../http/context.ts";
import { beginCeremony, relyingParty } from "./ceremony.ts";
import { adminLanguageOf } from "./request.ts";
import { SignInPage } from "./sign-in-page.tsx";
import type { SubmittedForm } from "./submitted-form.ts";

type Options = {
	status?: 200 | 403 | 503;
	/** The form that was sent without a session; it is given back after signing in. */
	unsent?: SubmittedForm | null;
};

/** Renders the sign-in page, after which the member is shown `to` or the form that was not sent. */
export async function showSignIn(
	c: AppContext,
	to: string,
	errorMessage: string | null,
	{ status = errorMessage === null ? 200 : 403, unsent = null }: Options = {},
): Promise<Response> {
	const { archive, identity } = c.var.services;
	const { challenge, challengeToken } = await beginCeremony(c, "");
	const options = await identity.passkeys.authenticationOptions(relyingParty(c), challenge);
	const frame = { archive, actor: null, path: c.req.path, ...adminLanguageOf(c) };
	return c.html(
		<SignInPage
			{...frame}
			options={options}
			challengeToken={challengeToken}
			to={to}
			errorMessage={errorMessage}
			unsent={unsent}
		/>,
		status,
	);
}
