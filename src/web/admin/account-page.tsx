import type { PasskeySummary, Session } from "../../members/repository.ts";
import { formatMinute } from "../../posts/dates.ts";
import { fill } from "../ui/strings/strings.ts";
import { type AdminFrame, AdminLayout } from "./layout.tsx";
import { PasskeyForm } from "./passkey-form.tsx";

type Props = AdminFrame & {
	passkeys: readonly PasskeySummary[];
	sessions: readonly Session[];
	/** Id of the session that requested this page. */
	current: number | null;
	/** To add a passkey; null when signed in through Cloudflare Access. */
	ceremony: { options: string; challengeToken: string } | null;
	errorMessage: string | null;
};

/** Renders the member's passkeys and sessions. */
export const AccountPage = (props: Props) => {
	const { strings, lang, archive, passkeys, sessions, current, ceremony, errorMessage } = props;
	const date = (at: number) => formatMinute(at, lang, archive.site.timezone);
	return (
		<AdminLayout {...props} title={strings.account} script="passkey">
			{errorMessage !== null && (
				<p class="notice error-summary" role="alert">
					{errorMessage}
				</p>
			)}
			{ceremony === null ? (
				<p>{strings.byAccess}</p>
			) : (
				<>
					<h2>{strings.passkeys}</h2>
					<ul class="rows">
						{passkeys.map((passkey) => (
							<li>
								<div>
									<b>{passkey.device || strings.unknownDevice}</b>{" "}
									<small>
										{fill(strings.passkeyAdded, { date: date(passkey.createdAt) })}
										{" · "}
										{passkey.usedAt === null
											? strings.passkeyUnused
											: fill(strings.passkeyUsed, { date: date(passkey.usedAt) })}
									</small>
								</div>
								<form method="post" action="/admin/account/passkeys/removal">
									<input type="hidden" name="passkey" value={passkey.id} />
									<button type="submit" disabled={passkeys.length === 1}>
										{strings.remove}
									</button>
								</form>
							</li>
						))}
					</ul>
					{passkeys.length === 1 && <p class="hint">{strings.lastPasskey}</p>}
					<PasskeyForm
						strings={strings}
						ceremony="enrol"
						action="/admin/account/passkeys"
						options={ceremony.options}
						challengeToken={ceremony.challengeToken}
						button={strings.addPasskey}
					/>
					<h2>{strings.sessions}</h2>
					<ul class="rows">
						{sessions.map((session) => (
							<li>
								<div>
									<b>{session.device || strings.unknownDevice}</b>{" "}
									{session.id === current && <mark>{strings.thisSession}</mark>}{" "}
									<small>
										{fill(strings.sessionSince, {
											date: date(session.createdAt),
											seen: date(session.usedAt),
										})}
									</small>
								</div>
								{session.id !== current && (
									<form method="post" action={`/admin/account/sessions/${session.id}/end`}>
										<button type="submit">{strings.endSession}</button>
									</form>
								)}
							</li>
						))}
					</ul>
					{sessions.length > 1 && (
						<form method="post" action="/admin/account/sessions/end">
							<button type="submit">{strings.endOthers}</button>
						</form>
					)}
				</>
			)}
		</AdminLayout>
	);
};
