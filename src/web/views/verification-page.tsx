import type { NameError } from "../../comments/draft.ts";
import type { Identity, Verification } from "../../identities/identity.ts";
import type { Archive } from "../../posts/archive.ts";
import { fill, type Strings, stringsFor } from "../strings/strings.ts";
import { errorMessage } from "./comment-form.tsx";
import { isolated } from "./isolated.ts";
import { SubscriptionPage as MailPage } from "./subscription-page.tsx";

/** Asks for a link that shows an address to be one's own. */
export const AskForm = (props: { strings: Strings; email: string; name: string; wrong?: boolean }) => {
	const { strings, email, name, wrong = false } = props;
	return (
		<form class="comment-form" method="post" action="/verifications">
			<div class="field">
				<label for="verify-email">{strings.email}</label>
				{wrong && (
					<p class="error" id="verify-error">
						{strings.errorAddressInvalid}
					</p>
				)}
				<input
					id="verify-email"
					name="email"
					type="email"
					autocomplete="email"
					required
					value={email}
					{...(wrong ? { "aria-invalid": "true", "aria-describedby": "verify-error" } : {})}
				/>
			</div>
			<NameField strings={strings} name={name} error={null} optional />
			<p class="buttons">
				<button type="submit">{strings.verifySend}</button>
			</p>
		</form>
	);
};

/** The name to be known by, with what is wrong with it. */
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
				autocomplete="nickname"
				required={!optional}
				value={name}
				{...(error === null ? {} : { "aria-invalid": "true", "aria-describedby": "verify-name-error" })}
			/>
		</div>
	);
};

type AskProps = { archive: Archive; lang: string; email: string; name: string; refused: string | null };

/** The form given back when it could not be taken as it was. */
export const AskPage = ({ archive, lang, email, name, refused }: AskProps) => {
	const strings = stringsFor(lang);
	return (
		<MailPage archive={archive} lang={lang} title={strings.meVerify}>
			<p class="notice error-summary" role="alert">
				{refused ?? strings.errorAddressInvalid}
			</p>
			<AskForm strings={strings} email={email} name={name} wrong={refused === null} />
		</MailPage>
	);
};

type Props = {
	archive: Archive;
	verification: Verification;
	/** Whether what was written from this browser joins the identity. */
	joins: boolean;
	/** Whom this browser is known to be already. */
	known: Identity | null;
	/** Whether anything was written from this browser under another number. */
	stranger: boolean;
	name: string;
	/** What is wrong with the name, or why the press was refused. */
	error: NameError | null;
	refused: string | null;
};

/** What a link from a mail opens: whose address it is, and what pressing will do in this very browser. */
export const VerificationPage = (props: Props) => {
	const { archive, verification, joins, known, stranger, name, error, refused } = props;
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
					{identity === null ? strings.verifyNew : fill(strings.verifyAs, { name: isolated(identity.name) })}
				</li>
				{joins && <li>{strings.verifyJoins}</li>}
				{switches && <li>{fill(strings.verifySwitches, { name: isolated(known.name) })}</li>}
				{!joins && known === null && <li>{strings.verifyElsewhere}</li>}
				{!joins && known === null && stranger && <li>{strings.verifyLeaves}</li>}
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
