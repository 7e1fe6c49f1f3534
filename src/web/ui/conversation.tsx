import { type ClosedReason, closedReason, closingTime } from "../../comments/closing.ts";
import type { Closing, Sort, ThreadPage } from "../../comments/repository.ts";
import { formatDay } from "../../posts/dates.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import type { AuthorView } from "./author-view.ts";
import { CommentForm } from "./comment-form.tsx";
import { inLanguage } from "./in-language.ts";
import { closedByPause, heldByPause } from "./pause-text.ts";
import { reactionButtons, removeReactionButton } from "./reactions.ts";
import { fill, plural, stringsFor } from "./strings/strings.ts";
import { SubscribeForm } from "./subscribe-form.tsx";
import { pinnedComment, threadList } from "./thread.ts";
import { estimateThreadHeight } from "./thread-height.ts";
import { branchNotice, threadPaging, threadSorts } from "./thread-navigation.ts";

/** Reason why no thread is shown: the database fails, or the deployment is not finished. */
export type ThreadFailure = "down" | "setting_up";

type Props = {
	entry: Post | Page;
	site: Site;
	lang: string;
	thread: ThreadPage | ThreadFailure;
	sort: Sort;
	now: number;
	/** Whether replies can be mailed. */
	mailEnabled: boolean;
	authorView: AuthorView | null;
	/** Path of the client script, which is optional. */
	script: string | undefined;
};

/** Renders everything below a post: reactions, comments and the form. */
export const Conversation = (props: Props) => {
	const { entry, site, lang, thread, sort, now, mailEnabled, authorView, script } = props;
	const strings = stringsFor(lang);
	if (typeof thread === "string") {
		return (
			<section class="conversation" id="comments" {...inLanguage(lang)}>
				<p class="notice">{thread === "down" ? strings.commentsUnavailable : strings.commentsSettingUp}</p>
			</section>
		);
	}
	const closed = closedReason(entry, site.comments, now, thread);
	const held = heldByPause(thread.pause, now, { lang, site });
	const threadProps = { entry, site, lang, thread, sort, open: closed === null, held, authorView };
	const action = authorView?.flash.action;
	const target = { postId: entry.id, commentId: null };
	return (
		<section
			class="conversation"
			id="comments"
			{...inLanguage(lang)}
			aria-labelledby="comments-heading"
			data-post={entry.id}
			data-count={thread.count}
			data-estimated-height={estimateThreadHeight(thread, lang, closed === null)}
			data-new-comments={JSON.stringify(strings.newComments)}
			data-you={strings.includingYou}
			data-posted={action === "posted" || action === "repeated" ? "" : undefined}
			data-cancel={strings.cancelReply}
			data-moved={strings.replyMoved}
			data-new={strings.newSinceVisit}
		>
			{script !== undefined && <script defer src={script} />}
			<div id="reactions">
				{reactionButtons({ target, tallies: thread.tallies, kinds: site.reactions, lang })}
				<PostNotice authorView={authorView} lang={lang} postId={entry.id} />
			</div>
			<h2 id="comments-heading">
				{thread.count === 0 ? strings.comments : plural(strings.commentCount, thread.count, lang)}
			</h2>
			{action === "deleted" && (
				<p class="notice" role="status">
					{strings.deletedNotice}
				</p>
			)}
			{closed === null && thread.comments.length > 0 && (
				<p class="to-form">
					<a href="#write">{strings.writeComment}</a>
				</p>
			)}
			{threadSorts(threadProps)}
			{branchNotice(threadProps)}
			{pinnedComment(threadProps)}
			{threadList(threadProps)}
			{threadPaging(threadProps)}
			{closed !== null && <p class="closed">{closedNote(closed, { entry, site, lang, closing: thread })}</p>}
			{closed === null && (
				<section class="write" id="write" aria-labelledby="write-heading">
					<h2 id="write-heading">{strings.writeComment}</h2>
					{thread.comments.length === 0 && <p class="no-comments">{strings.noComments}</p>}
					{held !== null && <p class="no-comments">{held}</p>}
					<CommentForm
						entry={entry}
						lang={lang}
						parentId={null}
						notify={mailEnabled ? false : null}
						{...(authorView === null ? {} : { typed: authorView.typed, formState: authorView.form })}
					/>
					{mailEnabled && (
						<details>
							<summary>{strings.subscribeToCommentsSummary}</summary>
							<SubscribeForm entry={entry} commentId={null} />
						</details>
					)}
				</section>
			)}
		</section>
	);
};

const PostNotice = (props: { authorView: AuthorView | null; lang: string; postId: string }) => {
	const { authorView, lang, postId } = props;
	if (authorView === null) return null;
	const { action, comment, kind } = authorView.flash;
	if (comment !== null || action === "deleted") return null;
	if (action === "reacted" && kind !== null) {
		return <>{removeReactionButton({ target: { postId, commentId: null }, lang, kind })}</>;
	}
	return (
		<p class="notice" role="status">
			{stringsFor(lang).reactionRemoved}
		</p>
	);
};

function closedNote(
	reason: ClosedReason,
	{ entry, site, lang, closing }: Pick<Props, "entry" | "site" | "lang"> & { closing: Closing },
): string {
	const strings = stringsFor(lang);
	const { closedAt, pause } = closing;
	if (reason === "by_pause" && pause !== null) return closedByPause(pause, { lang, site });
	if (reason === "by_moderator" && closedAt !== null) {
		return fill(strings.commentsClosedByModerator, { date: formatDay(closedAt, lang, site.timezone) });
	}
	const closingAt = closingTime(entry, site.comments);
	if (reason === "by_author" || closingAt === null) return strings.commentsClosed;
	return fill(strings.commentsClosedByAge, { date: formatDay(closingAt, lang, site.timezone) });
}
