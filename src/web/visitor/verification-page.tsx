import type { NameError } from "../../comments/draft.ts";
import type { Identity, Verification } from "../../identities/identity.ts";
import type { Archive } from "../../posts/archive.ts";
import { isolate } from "../../text/direction.ts";
import { errorMessage } from "../ui/comment-form.tsx";
import { fill, type Strings, stringsFor } from "../ui/strings/strings.ts";
import { SubscriptionPage as MailPage } from "./subscription-page.tsx";

/** Renders the form that requests a verification link by mail. */
export const VerificationForm = (props: {
	strings: Strings;
	email: string;
	name: string;
	invalid?: boolean;
}) => {
	const { strings, email, name, invalid = false } = props;
	return (
		<form class="comment-form" method="post" action="/verifications">
			<div class="field">
				<label for="verify-email">{strings.email}</label>
				{invalid && (
					<p class="error" id="verify-error">
						{strings.errorAddressInvalid}
					</p>
				)}
				<input
					id="verify-email"
					name="email"
					type="email"
					dir="auto"
					autocomplete="email"
					required
					value={email}
					{...(invalid ? { "aria-invalid": "true", "aria-describedby": "verify-error" } : {})}
				/>
			</div>
			<NameField strings={strings} name={name} error={null} optional />
			<p class="buttons">
				<button type="submit">{strings.verifySend}</button>
			</p>
		</form>
	);
};

/** Renders the field of a verified name, with its error. */
export const NameField = (props: {
	strings: Strings;
	name: string;
	error: NameError | null;
	optional?: boolean;
}) => {
	const { strings, name, error, optional = false } = props;
	return (
		<div class="field">
			<label for="verify-name">{strings.name}</label>
			{error !== null && (
				<p class="error" id="verify-name-error">
					{errorMessage(strings, "name", error)}
				</p>
			)}
			<input
				id="verify-name"
				name="name"
				dir="auto"
				autocomplete="nickname"
				required={!optional}
				value={name}
				{...(error === null ? {} : { "aria-invalid": "true", "aria-describedby": "verify-name-error" })}
			/>
		</div>
	);
};

type FormPageProps = { archive: Archive; lang: string; email: string; name: string; refused: string | null };

/** Renders a rejected verification request. */
export const VerificationFormPage = ({ archive, lang, email, name, refused }: FormPageProps) => {
	const strings = stringsFor(lang);
	return (
		<MailPage archive={archive} lang={lang} title={strings.meVerify}>
			<p class="notice error-summary" role="alert">
				{refused ?? strings.errorAddressInvalid}
			</p>
			<VerificationForm strings={strings} email={email} name={name} invalid={refused === null} />
		</MailPage>
	);
};

type Props = {
	archive: Archive;
	verification: Verification;
	/** Whether comments written in this browser will belong to the identity. */
	mergesHistory: boolean;
	/** The identity this browser is signed in to. */
	currentIdentity: Identity | null;
	/** Whether this browser has a visitor id of its own. */
	hasVisitor: boolean;
	name: string;
	/** Error of the name, or reason of the rejection. */
	error: NameError | null;
	refused: string | null;
};

/** Renders the page of a mailed verification link: the address, and the effects of confirming in this browser. */
export const VerificationPage = (props: Props) => {
	const {
		archive,
		verification,
		mergesHistory: joins,
		currentIdentity: known,
		hasVisitor: stranger,
		name,
		error,
		refused,
	} = props;
	const { email, identity, lang } = verification;
	const strings = stringsFor(lang);
	const switches = known !== null && known.visitor !== identity?.visitor;
	return (
		<MailPage archive={archive} lang={lang} title={strings.verifyTitle}>
			{refused !== null && (
				<p class="notice error-summary" role="alert">
					{refused}
				</p>
			)}
			<p>{fill(strings.verifyAddress, { email })}</p>
			<ul>
				<li>
					{identity === null ? strings.verifyNew : fill(strings.verifyAs, { name: isolate(identity.name) })}
				</li>
				{joins && <li>{strings.verifyMerges}</li>}
				{switches && <li>{fill(strings.verifySwitches, { name: isolate(known.name) })}</li>}
				{!joins && known === null && <li>{strings.verifyOtherBrowser}</li>}
				{!joins && known === null && stranger && <li>{strings.verifyOldComments}</li>}
			</ul>
			<form class="comment-form" method="post">
				{identity === null && <NameField strings={strings} name={name} error={error} />}
				<p class="buttons">
					<button type="submit" class="primary">
						{strings.verifyButton}
					</button>
				</p>
			</form>
		</MailPage>
	);
};
