import type { Sort, ThreadPage } from "../../comments/repository.ts";
import { type Closed, closedBecause } from "../../comments/submit.ts";
import { formatDay } from "../../posts/dates.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { fill, plural, stringsFor } from "../strings/strings.ts";
import { CommentForm } from "./comment-form.tsx";
import { FollowForm } from "./follow-form.tsx";
import type { OwnView } from "./own-view.ts";
import { reactionButtons, takeBackReaction } from "./reactions.ts";
import { pinnedComment, threadList } from "./thread.ts";
import { branchLead, threadPaging, threadSorts } from "./thread-navigation.ts";
import { threadRoom } from "./thread-room.ts";

/** Why a thread cannot be shown: the database fails, or the deployment is not finished. */
export type ThreadTrouble = "down" | "setting_up";

type Props = {
	entry: Post | Page;
	site: Site;
	lang: string;
	thread: ThreadPage | ThreadTrouble;
	sort: Sort;
	now: number;
	/** Whether readers can hear back by mail. */
	mail: boolean;
	fresh: OwnView | null;
	/** Address of the script that makes it more comfortable. */
	script: string | undefined;
};

/** Everything said under a post: reactions, comments, and the form. */
export const Conversation = ({ entry, site, lang, thread, sort, now, mail, fresh, script }: Props) => {
	const strings = stringsFor(lang);
	if (typeof thread === "string") {
		return (
			<section class="conversation" id="comments" lang={lang}>
				<p class="notice">{thread === "down" ? strings.conversationDown : strings.conversationSettingUp}</p>
			</section>
		);
	}
	const closed = closedBecause(entry, site.comments, now, thread.closedAt);
	const props = { entry, site, lang, thread, sort, open: closed === null, fresh };
	const target = { postId: entry.id, commentId: null };
	return (
		<section
			class="conversation"
			id="comments"
			lang={lang}
			aria-labelledby="comments-heading"
			data-post={entry.id}
			data-count={thread.count}
			data-room={threadRoom(thread, lang, closed === null)}
			data-fresh={JSON.stringify(strings.newComments)}
			data-you={strings.includingYou}
			data-posted={fresh?.act.act === "posted" || fresh?.act.act === "repeated" ? "" : undefined}
			data-cancel={strings.cancelReply}
		>
			{script !== undefined && <script defer src={script} />}
			<div id="reactions">
				{reactionButtons({ target, tallies: thread.tallies, kinds: site.reactions, lang })}
				<PostNotice fresh={fresh} lang={lang} postId={entry.id} />
			</div>
			<h2 id="comments-heading">
				{thread.count === 0 ? strings.comments : plural(strings.commentCount, thread.count, lang)}
			</h2>
			{fresh?.act.act === "deleted" && (
				<p class="notice" role="status">
					{strings.deletedNotice}
				</p>
			)}
			{threadSorts(props)}
			{branchLead(props)}
			{pinnedComment(props)}
			{threadList(props)}
			{threadPaging(props)}
			{closed !== null && (
				<p class="closed">{closedNote(closed, { entry, site, lang, closedAt: thread.closedAt })}</p>
			)}
			{closed === null && (
				<section class="write" aria-labelledby="write-heading">
					<h2 id="write-heading">{strings.writeComment}</h2>
					{thread.comments.length === 0 && <p class="first">{strings.noComments}</p>}
					<CommentForm
						entry={entry}
						lang={lang}
						parentId={null}
						notify={mail ? false : null}
						{...(fresh === null ? {} : { typed: fresh.typed, own: fresh.form })}
					/>
					{mail && (
						<details>
							<summary>{strings.followThreadSummary}</summary>
							<FollowForm entry={entry} commentId={null} />
						</details>
					)}
				</section>
			)}
		</section>
	);
};

const PostNotice = (props: { fresh: OwnView | null; lang: string; postId: string }) => {
	const { lang, postId } = props;
	if (props.fresh === null) return null;
	const { act, comment, kind } = props.fresh.act;
	if (comment !== null || act === "deleted") return null;
	if (act === "reacted" && kind !== null) {
		return <>{takeBackReaction({ target: { postId, commentId: null }, lang, kind })}</>;
	}
	return (
		<p class="notice" role="status">
			{stringsFor(lang).reactionTakenBack}
		</p>
	);
};

function closedNote(
	why: Closed,
	{ entry, site, lang, closedAt }: Pick<Props, "entry" | "site" | "lang"> & { closedAt: number | null },
): string {
	const strings = stringsFor(lang);
	if (why === "by_moderator" && closedAt !== null) {
		return fill(strings.commentsClosedByModerator, { date: formatDay(closedAt, lang, site.timezone) });
	}
	if (why === "by_author" || !("published" in entry)) return strings.commentsClosed;
	const closing = entry.published + (site.comments.closeAfterDays ?? 0) * 86_400_000;
	return fill(strings.commentsClosedByAge, { date: formatDay(closing, lang, site.timezone) });
}
