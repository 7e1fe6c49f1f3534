import { commentStates } from "../../comments/comment.ts";
import type { DraftErrors } from "../../comments/draft.ts";
import { limits } from "../../comments/limits.ts";
import type { ReplacedVersion } from "../../comments/own-comments.ts";
import type { AuditEntry } from "../../moderation/audit-log.ts";
import type { ModeratedComment } from "../../moderation/queue.ts";
import { formatMinute } from "../../posts/dates.ts";
import { fill } from "../ui/strings/strings.ts";
import { CommentCard, nameOf, SeenField } from "./comment-card.tsx";
import { type AdminFrame, AdminLayout } from "./layout.tsx";
import { LogList } from "./log-page.tsx";
import { Shortcuts } from "./shortcuts.tsx";

/** The fields of the edit form, and the version of the comment that they are an edit of. */
export type CommentFields = { name: string; website: string; text: string; reason: string; version: number };

type Props = AdminFrame & {
	comment: ModeratedComment;
	closed: boolean;
	/** Whether the post still exists. */
	hasEntry: boolean;
	revisions: readonly ReplacedVersion[];
	entries: readonly AuditEntry[];
	history: readonly AuditEntry[];
	now: number;
	here: string;
	/** Name a reply is signed with. */
	signature: string;
	/** Idempotency key: a form sent twice makes one reply. */
	replyKey: string;
	typed?: CommentFields;
	reply?: string;
	errors?: readonly string[];
};

const shortcuts = { published: "a", spam: "s", deleted: "d", held: "" } as const;

/** Renders one comment with its actions, forms, earlier versions and audit log. */
export const CommentPage = (props: Props) => {
	const { archive, strings, lang, comment, closed, now, here, errors = [], actor } = props;
	const { id } = comment;
	const { name, website, source, version } = comment;
	const typed = props.typed ?? { name, website: website ?? "", text: source, reason: "", version };
	const gone = comment.state === "deleted" && comment.source === "";
	return (
		<AdminLayout {...props} title={`${strings.comment} ${id}`} script="admin">
			{errors.length > 0 && (
				<div class="notice error-summary" role="alert">
					<p>{strings.formLead}</p>
					<ul>
						{errors.map((error) => (
							<li>{error}</li>
						))}
					</ul>
				</div>
			)}
			<CommentCard archive={archive} comment={comment} now={now} strings={strings} lang={lang}>
				<div class="buttons">
					<form method="post" action="/admin/decisions" class="buttons">
						<input type="hidden" name="back" value={here} />
						<SeenField comment={comment} />
						{commentStates
							.filter((state) => state !== comment.state && !gone)
							.map((state) => (
								<>
									<button type="submit" name="do" value={`${state}:${id}`} data-key={shortcuts[state]}>
										{state === "published"
											? comment.state === "spam"
												? strings.notSpam
												: strings.approve
											: state === "held"
												? strings.hold
												: state === "spam"
													? strings.spam
													: strings.delete}
									</button>{" "}
								</>
							))}
						{!comment.byAuthor && !gone && (
							<button type="submit" name="do" value={`ban:${id}`}>
								{strings.ban}
							</button>
						)}
					</form>
					{comment.state === "published" && (
						<form method="post" action={`/admin/comments/${id}/pin`}>
							<input type="hidden" name="back" value={here} />
							<button type="submit" name="pinned" value={comment.pinned ? "no" : "yes"}>
								{comment.pinned ? strings.unpin : strings.pin}
							</button>
						</form>
					)}
					<Shortcuts strings={strings} />
					{props.hasEntry && (
						<form method="post" action="/admin/threads">
							<input type="hidden" name="back" value={here} />
							<input type="hidden" name="post" value={comment.postId} />
							<button type="submit" name="closed" value={closed ? "no" : "yes"}>
								{closed ? strings.openThread : strings.closeThread}
							</button>
						</form>
					)}
				</div>
			</CommentCard>

			{!gone && (comment.state === "published" || comment.state === "held") && (
				<section aria-labelledby="reply-heading">
					<h2 id="reply-heading">{fill(strings.replyAsAuthor, { name: props.signature })}</h2>
					<form class="plain" method="post" action={`/admin/comments/${id}/reply`}>
						<input type="hidden" name="key" value={props.replyKey} />
						<SeenField comment={comment} />
						<p>
							<label for="reply">{strings.text}</label>
							<textarea id="reply" name="text" rows={4} dir="auto" required>
								{`\n${props.reply ?? ""}`}
							</textarea>
						</p>
						<p class="buttons">
							<button type="submit" class="primary">
								{comment.state === "held" ? strings.replyAndApprove : strings.reply}
							</button>
						</p>
					</form>
				</section>
			)}

			{(!gone || props.typed !== undefined) && (
				<section aria-labelledby="edit-heading">
					<h2 id="edit-heading">{strings.editComment}</h2>
					<form class="plain" method="post" action={`/admin/comments/${id}/text`}>
						<SeenField comment={{ id, version: typed.version }} />
						<p>
							<label for="name">{strings.memberName}</label>
							<input id="name" name="name" dir="auto" value={typed.name} required />
						</p>
						<p>
							<label for="website">{strings.website}</label>
							<input id="website" name="website" dir="auto" value={typed.website} />
						</p>
						<p>
							<label for="text">{strings.text}</label>
							<textarea id="text" name="text" rows={6} dir="auto" required>
								{`\n${typed.text}`}
							</textarea>
						</p>
						<p>
							<label for="reason">{strings.reason}</label>
							<input id="reason" name="reason" dir="auto" value={typed.reason} maxlength={500} />
						</p>
						{!gone && (
							<p class="buttons">
								<button type="submit">{strings.save}</button>
							</p>
						)}
					</form>
				</section>
			)}

			<Versions {...props} />

			{props.history.length > 0 && (
				<>
					<h2>{strings.log}</h2>
					<LogList entries={props.history} {...{ archive, strings, lang, now, here, actor }} />
				</>
			)}
		</AdminLayout>
	);
};

/** Renders earlier versions, whether the author or a member replaced them, oldest first. */
const Versions = ({ archive, strings, lang, revisions, comment }: Props) => {
	const versions = revisions.map(({ source, replacedAt, actor }) => ({
		source,
		at: replacedAt,
		by: actor ?? nameOf(comment, strings),
	}));
	if (versions.length === 0) return null;
	return (
		<section aria-labelledby="versions-heading">
			<h2 id="versions-heading">{strings.earlierVersions}</h2>
			{versions.map(({ source, at, by }) => (
				<blockquote class="quoted">
					<small>
						{formatMinute(at, lang, archive.site.timezone)} · <bdi>{by}</bdi>
					</small>
					<p class="source" dir="auto">
						{source}
					</p>
				</blockquote>
			))}
		</section>
	);
};

/** Describes the errors of a comment typed in the admin. */
export function commentErrors(strings: Props["strings"], errors: DraftErrors): readonly string[] {
	const limit = (field: "name" | "text") => ({ limit: limits[field].toLocaleString("en") });
	return [
		errors.name &&
			(errors.name === "mixed_scripts" ? strings.nameMixed : fill(strings.nameWrong, limit("name"))),
		errors.website && strings.websiteWrong,
		errors.text === "too_long" && fill(strings.textTooLong, limit("text")),
		errors.text === "too_much_markup" && strings.textMarkup,
		(errors.text === "required" || errors.text === "invisible") && strings.textEmpty,
	].filter((text): text is string => typeof text === "string");
}
