import type { FailedNotice } from "../../notifications/outbox.ts";
import { formatMinute } from "../../posts/dates.ts";
import { fill, plural } from "../ui/strings/strings.ts";
import { type AdminFrame, AdminLayout } from "./layout.tsx";

type Props = AdminFrame & {
	failed: readonly FailedNotice[];
	/** How many were made due again just now; null if none were asked for. */
	queued: number | null;
};

/** Renders the notices that could not be sent, each with its failure and a button to send it again. */
export const NoticesPage = (props: Props) => {
	const { strings, lang, failed, queued } = props;
	return (
		<AdminLayout {...props} title={strings.notices}>
			{queued !== null && (
				<div class="notice result" role="status">
					<p>{plural(strings.noticesQueued, queued, lang)}</p>
				</div>
			)}
			<p class="lead">{failed.length === 0 ? strings.noticesNone : strings.noticesLead}</p>
			{failed.length > 0 && (
				<>
					<ul class="rows">
						{failed.map((notice) => (
							<li>
								<div>
									<b>
										{strings[`channel_${notice.channel}`]}
										{" · "}
										<Subject notice={notice} {...props} />
									</b>
									<small>{notice.failure}</small>
									<small>
										{plural(strings.noticeAttempts, notice.attempts, lang)}
										{" · "}
										{nextAttempt(notice, props)}
									</small>
								</div>
								<form method="post" action="/admin/notices/attempts">
									<input type="hidden" name="id" value={notice.id} />
									<button type="submit">{strings.sendAgain}</button>
								</form>
							</li>
						))}
					</ul>
					<form class="plain" method="post" action="/admin/notices/attempts">
						<p class="buttons">
							<button type="submit" class="primary">
								{strings.sendAllAgain}
							</button>
						</p>
					</form>
				</>
			)}
		</AdminLayout>
	);
};

const Subject = ({ notice: { commentId }, strings }: { notice: FailedNotice } & Pick<Props, "strings">) =>
	commentId === null ? (
		<span>{strings.noticeOfLink}</span>
	) : (
		<a href={`/admin/comments/${commentId}`}>{`${strings.comment} ${commentId}`}</a>
	);

function nextAttempt(
	{ nextAt }: FailedNotice,
	{ archive, strings, lang }: Pick<Props, "archive" | "strings" | "lang">,
): string {
	return nextAt === null
		? strings.noticeGivenUp
		: fill(strings.noticeNextAttempt, { date: formatMinute(nextAt, lang, archive.site.timezone) });
}
