import type { Role } from "../../members/member.ts";
import { isolate } from "../../text/direction.ts";
import { fill } from "../ui/strings/strings.ts";
import { type AdminFrame, AdminLayout } from "./layout.tsx";
import { PasskeyForm } from "./passkey-form.tsx";
import { ResendForm } from "./resend-form.tsx";
import type { SubmittedForm } from "./submitted-form.ts";

type WithError = { errorMessage: string | null };

/** Renders the sign-in form. */
export const SignInPage = (
	props: AdminFrame &
		WithError & { options: string; challengeToken: string; to: string; unsent: SubmittedForm | null },
) => {
	const { strings, errorMessage } = props;
	return (
		<AdminLayout {...props} title={strings.signIn} script="passkey">
			{errorMessage !== null && (
				<p class="notice error-summary" role="alert">
					{errorMessage}
				</p>
			)}
			<p>{strings.signInLead}</p>
			<PasskeyForm
				strings={strings}
				ceremony="sign-in"
				action="/admin/session"
				options={props.options}
				challengeToken={props.challengeToken}
				button={strings.signInButton}
				primary
			>
				<input type="hidden" name="to" value={props.to} />
				{props.unsent !== null && <input type="hidden" name="unsent" value={JSON.stringify(props.unsent)} />}
			</PasskeyForm>
			<p class="hint">{strings.noPasskey}</p>
		</AdminLayout>
	);
};

/** Renders the form that could not be sent without a session, after signing in. */
export const SignedInAgainPage = (props: AdminFrame & { form: SubmittedForm }) => {
	const { form, strings } = props;
	return (
		<AdminLayout {...props} title={strings.signedInAgain}>
			<ResendForm form={form} lead={strings.unsentLead} button={strings.sendNow} strings={strings} />
		</AdminLayout>
	);
};

/** Renders the form that creates the passkey of an invited member. */
export const EnrolmentPage = (
	props: AdminFrame &
		WithError & {
			name: string;
			role: Role;
			/** Whether they are a member, whose passkeys the new one replaces. */
			again: boolean;
			options: string;
			challengeToken: string;
			invitation: string;
		},
) => {
	const { strings, errorMessage, name, role } = props;
	return (
		<AdminLayout {...props} title={fill(strings.enrol, { name: isolate(name) })} script="passkey">
			{errorMessage !== null && (
				<p class="notice error-summary" role="alert">
					{errorMessage}
				</p>
			)}
			<p>{strings[`enrolLead_${role}`]}</p>
			{props.again && <p>{strings.enrolAgain}</p>}
			<PasskeyForm
				strings={strings}
				ceremony="enrol"
				action="/admin/enrolment"
				options={props.options}
				challengeToken={props.challengeToken}
				button={strings.enrolButton}
				primary
			>
				<input type="hidden" name="invitation" value={props.invitation} />
			</PasskeyForm>
		</AdminLayout>
	);
};

/** Renders the page of an invitation that is no longer valid. */
export const InvalidInvitationPage = (props: AdminFrame) => (
	<AdminLayout {...props} title={props.strings.invitationInvalid}>
		<p>{props.strings.invitationInvalidText}</p>
		<p>
			<a href="/admin/sign-in">{props.strings.signIn}</a>
		</p>
	</AdminLayout>
);
