import type { Role } from "../../../members/member.ts";
import { fill } from "../../strings/strings.ts";
import { CeremonyForm } from "./ceremony-form.tsx";
import { type DeskFrame, DeskLayout } from "./layout.tsx";

type Trouble = { trouble: string | null };

/** Where a member proves their passkey. */
export const SignInPage = (props: DeskFrame & Trouble & { options: string; ticket: string; to: string }) => {
	const { strings, trouble } = props;
	return (
		<DeskLayout {...props} title={strings.signIn} script="passkey">
			{trouble !== null && (
				<p class="notice error-summary" role="alert">
					{trouble}
				</p>
			)}
			<p>{strings.signInLead}</p>
			<CeremonyForm
				strings={strings}
				ceremony="sign-in"
				action="/admin/session"
				options={props.options}
				ticket={props.ticket}
				button={strings.signInButton}
				primary
			>
				<input type="hidden" name="to" value={props.to} />
			</CeremonyForm>
			<p class="hint">{strings.noPasskey}</p>
		</DeskLayout>
	);
};

/** Where somebody invited makes their passkey. */
export const EnrolmentPage = (
	props: DeskFrame &
		Trouble & { name: string; role: Role; options: string; ticket: string; invitation: string },
) => {
	const { strings, trouble, name, role } = props;
	return (
		<DeskLayout {...props} title={fill(strings.enrol, { name })} script="passkey">
			{trouble !== null && (
				<p class="notice error-summary" role="alert">
					{trouble}
				</p>
			)}
			<p>{strings[`enrolLead_${role}`]}</p>
			<CeremonyForm
				strings={strings}
				ceremony="enrol"
				action="/admin/enrolment"
				options={props.options}
				ticket={props.ticket}
				button={strings.enrolButton}
				primary
			>
				<input type="hidden" name="invitation" value={props.invitation} />
			</CeremonyForm>
		</DeskLayout>
	);
};

/** A link that no longer lets anybody in. */
export const VoidInvitationPage = (props: DeskFrame) => (
	<DeskLayout {...props} title={props.strings.invitationVoid}>
		<p>{props.strings.invitationVoidText}</p>
		<p>
			<a href="/admin/sign-in">{props.strings.signIn}</a>
		</p>
	</DeskLayout>
);
