import type { Child } from "hono/jsx";
import type { DeskComment } from "../../../moderation/queue.ts";
import type { Archive } from "../../../posts/archive.ts";
import type { DeskWords } from "../../desk.ts";
import type { DeskStrings } from "../../strings/desk.ts";
import { fill } from "../../strings/strings.ts";
import { Minute } from "../byline.tsx";
import { commentAnchor, href } from "../links.ts";
import { Message } from "../message.tsx";
import { commentProse } from "../prose.tsx";

type Props = DeskWords & {
	archive: Archive;
	comment: DeskComment;
	now: number;
	/** Stands in a list where it can be selected. */
	selectable?: boolean;
	children?: Child;
};

/** One comment with everything needed to decide about it. */
export const CommentCard = ({ archive, comment, now, strings, lang, selectable, children }: Props) => {
	const { id, source, state, parent, findings, history } = comment;
	const name = nameOf(comment, strings);
	return (
		<article class={`card is-${state}`} data-comment={id} tabindex={-1} aria-labelledby={`by-${id}`}>
			<header>
				{selectable && (
					<input type="checkbox" name="id" value={String(id)} aria-label={fill(strings.select, { name })} />
				)}
				<b id={`by-${id}`}>
					<bdi>{name}</bdi>
				</b>
				<mark class="state">{strings[`state_${state}`]}</mark>
				{comment.byAuthor && <mark>{strings.byTheAuthor}</mark>}
				{comment.verified && <mark>{strings.verifiedMark}</mark>}
				{comment.pinned && <mark>{strings.pinnedMark}</mark>}
				<small>
					<Message
						text={strings.onPost}
						values={{ post: <PostLink archive={archive} comment={comment} now={now} strings={strings} /> }}
					/>
					{" · "}
					<Minute instant={comment.createdAt} lang={lang} site={archive.site} />
					{comment.editedAt !== null && ` · ${strings.editedMark}`}
				</small>
			</header>
			{parent !== null && (
				<blockquote class="context">
					<small>
						<bdi>{fill(strings.inReplyTo, { name: parent.name })}</bdi>
					</small>
					<p>{shorten(parent.source)}</p>
				</blockquote>
			)}
			<div class="prose" lang={comment.lang ?? undefined}>
				{commentProse(comment)}
			</div>
			{source === "" && <p class="hint">—</p>}
			<dl class="facts">
				{findings.length > 0 && (
					<div>
						<dt>{state === "held" ? strings.whyHeld : strings.notedAtFirst}</dt>
						<dd>{findings.map((finding) => findingText(finding, strings)).join(" · ")}</dd>
					</div>
				)}
				{[comment.email, comment.website].some(Boolean) && (
					<div>
						<dt class="visually-hidden">@</dt>
						<dd>{[comment.email, comment.website].filter(Boolean).join(" · ")}</dd>
					</div>
				)}
				<div>
					<dt class="visually-hidden">{strings.people}</dt>
					<dd>
						{comment.visitor === "" ? (
							strings.anonymousName
						) : (
							<a href={`/admin/people/${encodeURIComponent(comment.visitor)}`}>
								{fill(strings.history, history)}
							</a>
						)}
					</dd>
				</div>
			</dl>
			{children}
		</article>
	);
};

/** What a form says of the comment it is about: approving goes by the words that were read. */
export const SeenField = ({ comment: { id, editedAt } }: { comment: DeskComment }) => (
	<input type="hidden" name="seen" value={`${id}:${editedAt ?? ""}`} />
);

/** The name a comment is listed under; one its author took back has none. */
export function nameOf({ name }: Pick<DeskComment, "name">, strings: DeskStrings): string {
	return name === "" ? strings.nameless : name;
}

/** A finding in words; a rule that has none yet is named as it is. */
export function findingText({ rule, detail }: DeskComment["findings"][number], strings: DeskStrings): string {
	const text = (strings as Record<string, unknown>)[`rule_${rule}`];
	return typeof text === "string" ? fill(text, { detail }) : [rule, detail].filter(Boolean).join(": ");
}

const PostLink = ({
	archive,
	comment,
	now,
	strings,
}: Pick<Props, "archive" | "comment" | "now" | "strings">) => {
	const entry = archive.byId(comment.postId, now);
	if (entry === null) return <>{strings.goneEntry}</>;
	const anchor = comment.state === "published" ? commentAnchor(comment.id) : "comments";
	return (
		<a href={`${href(entry.path)}#${anchor}`} lang={entry.lang}>
			{entry.title}
		</a>
	);
};

function shorten(text: string): string {
	const characters = [...text.replace(/\s+/g, " ")];
	return characters.length > 160 ? `${characters.slice(0, 159).join("")}…` : characters.join("");
}
