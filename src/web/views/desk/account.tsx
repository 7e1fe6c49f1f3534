import type { ListedPasskey, Session } from "../../../members/repository.ts";
import { formatMinute } from "../../../posts/dates.ts";
import { fill } from "../../strings/strings.ts";
import { CeremonyForm } from "./ceremony-form.tsx";
import { type DeskFrame, DeskLayout } from "./layout.tsx";

type Props = DeskFrame & {
	passkeys: readonly ListedPasskey[];
	sessions: readonly Session[];
	/** The session this page was asked for in. */
	current: number | null;
	/** To add a passkey; null for those who come by Cloudflare Access. */
	ceremony: { options: string; ticket: string } | null;
	trouble: string | null;
};

/** One member's passkeys and signed-in browsers. */
export const AccountPage = (props: Props) => {
	const { strings, lang, archive, passkeys, sessions, current, ceremony, trouble } = props;
	const date = (at: number) => formatMinute(at, lang, archive.site.timezone);
	return (
		<DeskLayout {...props} title={strings.account} script="passkey">
			{trouble !== null && (
				<p class="notice error-summary" role="alert">
					{trouble}
				</p>
			)}
			{ceremony === null ? (
				<p>{strings.byAccess}</p>
			) : (
				<>
					<h2>{strings.passkeys}</h2>
					<ul class="ledger">
						{passkeys.map((passkey) => (
							<li>
								<div>
									<b>{passkey.device || strings.unknownDevice}</b>
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
					<CeremonyForm
						strings={strings}
						ceremony="enrol"
						action="/admin/account/passkeys"
						options={ceremony.options}
						ticket={ceremony.ticket}
						button={strings.addPasskey}
					/>
					<h2>{strings.sessions}</h2>
					<ul class="ledger">
						{sessions.map((session) => (
							<li>
								<div>
									<b>{session.device || strings.unknownDevice}</b>{" "}
									{session.id === current && <mark>{strings.thisSession}</mark>}
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
		</DeskLayout>
	);
};
