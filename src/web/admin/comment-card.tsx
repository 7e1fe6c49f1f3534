import type { Child } from "hono/jsx";
import type { ModeratedComment } from "../../moderation/queue.ts";
import type { Archive } from "../../posts/archive.ts";
import { isolate } from "../../text/direction.ts";
import { DateTime } from "../ui/byline.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { commentAnchor, href } from "../ui/links.ts";
import { Message } from "../ui/message.tsx";
import { commentProse } from "../ui/prose.tsx";
import type { AdminStrings } from "../ui/strings/admin.ts";
import { fill, plural } from "../ui/strings/strings.ts";
import { EditFileLink } from "./edit-file-link.tsx";
import type { AdminLanguage } from "./request.ts";

type Props = AdminLanguage & {
	archive: Archive;
	comment: ModeratedComment;
	now: number;
	/** For a card of the queue: whether its checkbox for bulk actions is checked. */
	selection?: "selectable" | "selected";
	children?: Child;
};

/** Renders one comment with everything a moderator needs to decide. */
export const CommentCard = ({ archive, comment, now, strings, lang, selection, children }: Props) => {
	const { id, source, state, parent, findings, history } = comment;
	const name = nameOf(comment, strings);
	return (
		<article
			id={commentAnchor(id)}
			class={`card is-${state}`}
			data-comment={id}
			tabindex={-1}
			aria-labelledby={`by-${id}`}
		>
			<header>
				{selection !== undefined && (
					<input
						type="checkbox"
						name="id"
						value={String(id)}
						checked={selection === "selected"}
						aria-label={fill(strings.select, { name: isolate(name) })}
					/>
				)}
				<b id={`by-${id}`}>
					<bdi>{name}</bdi>
				</b>{" "}
				<mark class="state">{strings[`state_${state}`]}</mark>
				{comment.byAuthor && (
					<>
						{" "}
						<mark>{strings.byTheAuthor}</mark>
					</>
				)}
				{comment.verified && (
					<>
						{" "}
						<mark>{strings.verifiedMark}</mark>
					</>
				)}
				{comment.pinned && (
					<>
						{" "}
						<mark>{strings.pinnedMark}</mark>
					</>
				)}{" "}
				<small>
					<Message
						text={strings.onPost}
						values={{ post: <PostLink archive={archive} comment={comment} now={now} strings={strings} /> }}
					/>
					{" · "}
					<DateTime instant={comment.createdAt} lang={lang} site={archive.site} />
					{comment.editedAt !== null && ` · ${strings.editedMark}`}
				</small>
			</header>
			<div class="card-text">
				{parent !== null && (
					<blockquote class="quoted">
						<small>{fill(strings.inReplyTo, { name: isolate(parent.name) })}</small>
						<p dir="auto">{shorten(parent.source)}</p>
					</blockquote>
				)}
				{selection !== undefined && isLong(source) ? (
					<details class="fold">
						<summary dir="auto">{shorten(source, 240)}</summary>
						<Prose comment={comment} />
					</details>
				) : (
					<Prose comment={comment} />
				)}
				{source === "" && <p class="hint">—</p>}
			</div>
			<dl class="facts">
				{comment.reports.count > 0 && (
					<div>
						<dt>{plural(strings.reportedTimes, comment.reports.count, lang)}</dt>
						<dd dir="auto">{comment.reports.reasons.join(" · ") || "—"}</dd>
					</div>
				)}
				{findings.length > 0 && (
					<div>
						<dt>{state === "held" ? strings.whyHeld : strings.flaggedWhenPosted}</dt>
						<dd>{findings.map((finding) => findingText(finding, strings)).join(" · ")}</dd>
					</div>
				)}
				{[comment.email, comment.website].some(Boolean) && (
					<div>
						<dt class="visually-hidden">@</dt>
						<dd dir="auto">{[comment.email, comment.website].filter(Boolean).join(" · ")}</dd>
					</div>
				)}
				<div>
					<dt>{strings.commenter}</dt>
					<dd>
						{comment.visitor === "" ? (
							strings.anonymousName
						) : (
							<a href={`/admin/commenters/${encodeURIComponent(comment.visitor)}`}>
								{fill(strings.commentCounts, history)}
							</a>
						)}
					</dd>
				</div>
			</dl>
			{children}
		</article>
	);
};

const Prose = ({ comment }: { comment: ModeratedComment }) => (
	<div class="prose" lang={comment.lang ?? undefined}>
		{commentProse(comment)}
	</div>
);

/** Renders the version of the comment that is shown; approving and editing apply to that version only. */
export const SeenField = ({
	comment: { id, version },
}: {
	comment: Pick<ModeratedComment, "id" | "version">;
}) => <input type="hidden" name="seen" value={`${id}:${version}`} />;

/** The name a comment is listed under; a comment deleted by its author has none. */
export function nameOf({ name }: Pick<ModeratedComment, "name">, strings: AdminStrings): string {
	return name === "" ? strings.nameless : name;
}

/** Describes a finding; a rule without a string is shown by its name. */
export function findingText(
	{ rule, detail }: Pick<ModeratedComment["findings"][number], "rule" | "detail">,
	strings: AdminStrings,
): string {
	const text = (strings as Record<string, unknown>)[`rule_${rule}`];
	return typeof text === "string" ? fill(text, { detail }) : [rule, detail].filter(Boolean).join(": ");
}

const PostLink = ({
	archive,
	comment,
	now,
	strings,
}: Pick<Props, "archive" | "comment" | "now" | "strings">) => {
	const entry = archive.findById(comment.postId, now);
	if (entry === null) return <>{strings.missingPost}</>;
	const anchor = comment.state === "published" ? commentAnchor(comment.id) : "comments";
	return (
		<>
			<a href={`${href(entry.path)}#${anchor}`} {...inLanguage(entry.lang)}>
				{entry.title}
			</a>{" "}
			<EditFileLink entry={entry} site={archive.site} strings={strings} />
		</>
	);
};

function shorten(text: string, limit = 160): string {
	const characters = [...text.replace(/\s+/g, " ")];
	return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : characters.join("");
}

/** Whether a comment takes more than three lines on a wide screen; it is shown by its beginning until it is opened. */
export function isLong(source: string): boolean {
	const rows = source.split("\n").map((line) => Math.ceil(rowsOf(line) / charactersPerLine));
	return rows.reduce((sum, each) => sum + Math.max(each, 1), 0) > 3;
}

const charactersPerLine = 90;

/** Counts the columns of a line: an ideograph or kana takes two. */
const rowsOf = (line: string) => line.length + (line.match(/[\u2e80-\ud7a3\uff01-\uff60]/g)?.length ?? 0);
