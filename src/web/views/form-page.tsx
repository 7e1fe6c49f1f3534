import type { Comment } from "../../comments/comment.ts";
import type { Draft, DraftField, FormErrors, TypedComment } from "../../comments/draft.ts";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { CommentForm, errorMessage, type OwnForm } from "./comment-form.tsx";
import { FollowForm } from "./follow-form.tsx";
import { Layout } from "./layout.tsx";
import { href } from "./links.ts";
import { Message } from "./message.tsx";
import { commentProse } from "./prose.tsx";
import { VerifiedMark } from "./verified-mark.tsx";

export type FormPageProps = {
	archive: Archive;
	entry: Post | Page;
	/** The comment replied to, while it is still on the page. */
	parent: Comment | null;
	typed?: TypedComment;
	notify: boolean | null;
	own: OwnForm;
	state:
		| { is: "writing" }
		| { is: "preview"; draft: Draft; html: string }
		| { is: "invalid"; errors: FormErrors }
		| { is: "refused"; why: string };
};

/** The comment form on a page of its own: to reply, to preview, or to put right what was refused. */
export const FormPage = ({ archive, entry, parent, typed, notify, own, state }: FormPageProps) => {
	const { lang } = entry;
	const strings = stringsFor(lang);
	const heading =
		state.is === "preview"
			? strings.previewHeading
			: state.is !== "writing"
				? strings.errorHeading
				: parent === null
					? strings.writeComment
					: fill(strings.replyTo, { name: parent.name });
	return (
		<Layout archive={archive} meta={{ title: heading, lang, unindexed: true }}>
			<div class="conversation">
				<h1>{heading}</h1>
				{state.is === "invalid" && <ErrorSummary errors={state.errors} lang={lang} />}
				{state.is === "refused" && (
					<p class="notice error-summary" role="alert">
						{state.why}
					</p>
				)}
				{parent !== null && <Quoted comment={parent} lang={lang} />}
				{parent !== null && state.is === "writing" && typed?.text === "" && (
					<p class="back">
						<a href={`/comments/${parent.id}/reply?quote`} rel="nofollow">
							{strings.quote}
						</a>
					</p>
				)}
				{state.is === "preview" && (
					<>
						<p class="hint">{strings.previewNote}</p>
						<article class="comment preview">
							<header>
								<span class="name">
									<bdi>{state.draft.name}</bdi>
								</span>
							</header>
							<div class="prose">{commentProse({ html: state.html })}</div>
						</article>
					</>
				)}
				<CommentForm
					entry={entry}
					lang={lang}
					parentId={parent?.id ?? null}
					notify={notify}
					own={own}
					{...(typed === undefined ? {} : { typed })}
					{...(state.is === "invalid" ? { errors: state.errors } : {})}
				/>
				{state.is === "writing" && parent !== null && notify !== null && (
					<details>
						<summary>{strings.followRepliesSummary}</summary>
						<FollowForm entry={entry} commentId={parent.id} />
					</details>
				)}
				<p class="back">
					<a href={`${href(entry.path)}#comments`}>
						<Message text={strings.backToPost} values={{ title: <span>{entry.title}</span> }} />
					</a>
				</p>
			</div>
		</Layout>
	);
};

/** Every mistake of a refused form, each leading to its field. */
export const ErrorSummary = ({ errors, lang }: { errors: FormErrors; lang: string }) => {
	const strings = stringsFor(lang);
	return (
		<div class="notice error-summary" role="alert">
			<p>{strings.errorLead}</p>
			<ul>
				{(Object.keys(errors) as DraftField[]).map((field) => {
					const error = errors[field];
					return (
						error && (
							<li>
								<a href={`#${field}`}>{errorMessage(strings, field, error)}</a>
							</li>
						)
					);
				})}
			</ul>
			{errors.name === "taken" && (
				<p>
					<a href="/me" target="_blank" rel="noopener">
						{strings.verifySend}
					</a>
				</p>
			)}
		</div>
	);
};

const Quoted = ({ comment, lang }: { comment: Comment; lang: string }) => (
	<blockquote class="parent" lang={comment.lang ?? undefined}>
		<p class="name">
			<bdi>{comment.name}</bdi>
			{comment.verified && <VerifiedMark lang={lang} />}
		</p>
		<div class="prose">{commentProse(comment)}</div>
	</blockquote>
);
