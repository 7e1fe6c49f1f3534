import { blockedNetworkDays } from "../../comments/network.ts";
import type { Commenter } from "../../moderation/commenters.ts";
import type { ModeratedComment } from "../../moderation/queue.ts";
import { formatMinute } from "../../posts/dates.ts";
import { isolate } from "../../text/direction.ts";
import { NextPage } from "../ui/next-page.tsx";
import { fill } from "../ui/strings/strings.ts";
import { CommentCard, nameOf } from "./comment-card.tsx";
import { type AdminFrame, AdminLayout } from "./layout.tsx";

/** Renders the list of commenters. */
export const CommentersPage = (
	props: AdminFrame & { commenters: readonly Commenter[]; next: string | null },
) => {
	const { strings, lang, archive, commenters, next } = props;
	return (
		<AdminLayout {...props} title={strings.commenters}>
			<p class="lead">{commenters.length === 0 ? strings.commentersEmpty : strings.commentersLead}</p>
			<ul class="rows">
				{commenters.map((commenter) => (
					<li>
						<div>
							<a href={`/admin/commenters/${encodeURIComponent(commenter.visitor)}`}>
								<bdi>{nameOf(commenter, strings)}</bdi>
							</a>{" "}
							<small>
								{formatMinute(commenter.latestAt, lang, archive.site.timezone)}
								{" · "}
								{fill(strings.commentCounts, commenter.history)}
							</small>
						</div>
					</li>
				))}
			</ul>
			{next !== null && <NextPage address={next} label={strings.older} name={strings.older} />}
		</AdminLayout>
	);
};

type CommenterProps = AdminFrame & {
	visitor: string;
	comments: readonly ModeratedComment[];
	hasNetwork: boolean;
	next: string | null;
	now: number;
	here: string;
	errorMessage: string | null;
};

/** Renders one commenter: their comments, and the forms to block, anonymize or erase them. */
export const CommenterPage = (props: CommenterProps) => {
	const { archive, strings, lang, actor, comments, visitor, hasNetwork, next, now, here, errorMessage } =
		props;
	const url = `/admin/commenters/${encodeURIComponent(visitor)}`;
	const [latest] = comments;
	return (
		<AdminLayout
			{...props}
			title={fill(strings.commentsBy, {
				name: latest === undefined ? "—" : isolate(nameOf(latest, strings)),
			})}
			script="admin"
		>
			{errorMessage !== null && (
				<p class="notice error-summary" role="alert">
					{errorMessage}
				</p>
			)}
			<div class="buttons">
				<form method="post" action={`${url}/block`} class="buttons">
					<input type="hidden" name="back" value={here} />
					<button type="submit" name="kind" value="visitor">
						{strings.blockCommenter}
					</button>
					{hasNetwork && (
						<button type="submit" name="kind" value="network">
							{fill(strings.blockNetwork, {
								days: Math.min(blockedNetworkDays, archive.site.privacy.networkDays),
							})}
						</button>
					)}
				</form>
			</div>
			{!hasNetwork && <p class="hint">{strings.noNetwork}</p>}
			{comments.map((comment) => (
				<CommentCard archive={archive} comment={comment} now={now} strings={strings} lang={lang}>
					<p class="buttons">
						<a
							class="button"
							href={`/admin/comments/${comment.id}`}
							aria-label={`${strings.details}: ${strings.comment} ${comment.id}`}
						>
							{strings.details}
						</a>
					</p>
				</CommentCard>
			))}
			{next !== null && <NextPage address={next} label={strings.older} name={strings.older} />}
			{actor?.role === "owner" &&
				removals
					.filter(({ action }) => hasNetwork || action !== "purge")
					.map(({ action, address, sure }) => (
						<section aria-labelledby={`${action}-heading`}>
							<h2 id={`${action}-heading`}>{strings[action]}</h2>
							<form method="post" action={`${url}/${address}`} class="plain">
								<p>{strings[`${action}Hint`]}</p>
								<p>
									<label for={`${action}-sure`} class="check">
										<input type="checkbox" id={`${action}-sure`} name="sure" value="yes" /> {strings[sure]}
									</label>
								</p>
								<p class="buttons">
									<button type="submit">{strings[action]}</button>
								</p>
							</form>
						</section>
					))}
		</AdminLayout>
	);
};

/** The removals that owners can make, each with the address it is posted to and its confirmation. */
const removals = [
	{ action: "purge", address: "purge", sure: "confirmPurge" },
	{ action: "anonymize", address: "anonymity", sure: "confirmRemoval" },
	{ action: "erase", address: "erasure", sure: "confirmRemoval" },
] as const;
