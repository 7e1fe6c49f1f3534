import type { Comment } from "../../comments/comment.ts";
import type { Draft, DraftField, FormErrors, TypedComment } from "../../comments/draft.ts";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { isolate } from "../../text/direction.ts";
import { CommentForm, errorMessage, type FormState } from "../ui/comment-form.tsx";
import { Layout } from "../ui/layout.tsx";
import { href } from "../ui/links.ts";
import { Message } from "../ui/message.tsx";
import { commentProse } from "../ui/prose.tsx";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { SubscribeForm } from "../ui/subscribe-form.tsx";
import { VerifiedMark } from "../ui/verified-mark.tsx";

export type CommentFormPageProps = {
	archive: Archive;
	entry: Post | Page;
	/** The comment replied to, while it is published. */
	parent: Comment | null;
	typed?: TypedComment;
	notify: boolean | null;
	formState: FormState;
	/** The sentence that every comment waits for a moderator now; absent or null for none. */
	held?: string | null;
	state:
		| { is: "writing" }
		| { is: "preview"; draft: Draft; html: string }
		| { is: "invalid"; errors: FormErrors }
		| { is: "refused"; reason: string };
};

/** Renders the comment form on its own page: to reply, to preview, or to correct a rejected comment. */
export const CommentFormPage = ({
	archive,
	entry,
	parent,
	typed,
	notify,
	formState: own,
	held = null,
	state,
}: CommentFormPageProps) => {
	const { lang } = entry;
	const strings = stringsFor(lang);
	const heading =
		state.is === "preview"
			? strings.previewHeading
			: state.is !== "writing"
				? strings.errorHeading
				: parent === null
					? strings.writeComment
					: fill(strings.replyTo, { name: isolate(parent.name) });
	return (
		<Layout archive={archive} meta={{ title: heading, lang, noindex: true }}>
			<div class="conversation">
				<h1>{heading}</h1>
				{state.is === "invalid" && <ErrorSummary errors={state.errors} lang={lang} />}
				{state.is === "refused" && (
					<p class="notice error-summary" role="alert">
						{state.reason}
					</p>
				)}
				{parent !== null && <ParentQuote comment={parent} lang={lang} />}
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
				{held !== null && <p class="no-comments">{held}</p>}
				<CommentForm
					entry={entry}
					lang={lang}
					parentId={parent?.id ?? null}
					notify={notify}
					formState={own}
					{...(typed === undefined ? {} : { typed })}
					{...(state.is === "invalid" ? { errors: state.errors } : {})}
				/>
				{state.is === "writing" && parent !== null && notify !== null && (
					<details>
						<summary>{strings.subscribeToRepliesSummary}</summary>
						<SubscribeForm entry={entry} commentId={parent.id} />
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

/** Lists the errors of a rejected form, each with a link to its field. */
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

/** Renders the comment that a form is about. */
export const ParentQuote = ({ comment, lang }: { comment: Comment; lang: string }) => (
	<blockquote class="parent" lang={comment.lang ?? undefined}>
		<p class="name">
			<bdi>{comment.name}</bdi>
			{comment.verified && <VerifiedMark lang={lang} />}
		</p>
		<div class="prose">{commentProse(comment)}</div>
	</blockquote>
);
