import type { DraftErrors } from "../../comments/draft.ts";
import type { WrittenComment } from "../../comments/own-comments.ts";
import type { Archive } from "../../posts/archive.ts";
import { formatMinute } from "../../posts/dates.ts";
import type { Page, Post } from "../../posts/post.ts";
import { Field } from "../ui/comment-form.tsx";
import { Layout } from "../ui/layout.tsx";
import { href } from "../ui/links.ts";
import { Message } from "../ui/message.tsx";
import { commentProse } from "../ui/prose.tsx";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { ErrorSummary } from "./form-page.tsx";

export type OwnCommentState =
	| { is: "writing" }
	| { is: "preview"; html: string }
	| { is: "invalid"; errors: DraftErrors }
	/** The comment was changed since the form was opened, and is shown as it is now. */
	| { is: "changed" }
	| { is: "too_late" }
	| { is: "refused"; reason: string };

type Props = {
	archive: Archive;
	entry: Post | Page;
	comment: WrittenComment;
	state: OwnCommentState;
	/** Whether the comment can still be edited, and until when (epoch milliseconds). */
	open: boolean;
	until: number;
	/** Key of the edit link; empty for an author with the cookie. */
	linkKey: string;
	/** The stored text, or the one just typed, and the version of the comment that saving it replaces. */
	text: string;
	version: number;
};

/** Renders the page on which authors edit (for a limited time) and delete their comment. */
export const OwnCommentPage = (props: Props) => {
	const { archive, entry, comment, state, open, until, text } = props;
	const { lang } = entry;
	const strings = stringsFor(lang);
	const time = formatMinute(until, lang, archive.site.timezone);
	const refused = state.is !== "writing" && state.is !== "preview";
	const heading = refused ? strings.editErrorHeading : strings.yourComment;
	return (
		<Layout archive={archive} meta={{ title: heading, lang, noindex: true }}>
			<div class="conversation">
				<h1>{heading}</h1>
				<ErrorNotice state={state} lang={lang} time={time} />
				{state.is === "preview" && (
					<>
						<p class="hint">{strings.previewNote}</p>
						<div class="preview prose">{commentProse({ html: state.html })}</div>
					</>
				)}
				{state.is === "changed" && <div class="preview prose">{commentProse(comment)}</div>}
				{(open || text !== comment.source) && <EditForm {...props} time={time} />}
				{!open && state.is !== "too_late" && <p class="hint">{fill(strings.editClosed, { time })}</p>}
				<DeleteForm {...props} />
				<p class="back">
					<a href={`${href(entry.path)}#comments`}>
						<Message text={strings.backToPost} values={{ title: <span>{entry.title}</span> }} />
					</a>
				</p>
			</div>
		</Layout>
	);
};

const ErrorNotice = ({ state, lang, time }: { state: OwnCommentState; lang: string; time: string }) => {
	if (state.is === "invalid") return <ErrorSummary errors={state.errors} lang={lang} />;
	if (state.is === "writing" || state.is === "preview") return null;
	const strings = stringsFor(lang);
	const reason =
		state.is === "refused"
			? state.reason
			: state.is === "changed"
				? strings.editConflict
				: fill(strings.editRefusedClosed, { time });
	return (
		<p class="notice error-summary" role="alert">
			{reason}
		</p>
	);
};

const EditForm = (props: Props & { time: string }) => {
	const { entry, comment, state, open, linkKey, text, version, time } = props;
	const strings = stringsFor(entry.lang);
	const error = state.is === "invalid" ? state.errors.text : undefined;
	return (
		<form class="comment-form" method="post" action={`/comments/${comment.id}/revisions`}>
			<input type="hidden" name="key" value={linkKey} />
			<input type="hidden" name="version" value={String(version)} />
			<Field name="text" strings={strings} hint={strings.textHint} error={error}>
				{(described) => (
					<textarea id="text" name="text" rows={6} dir="auto" required {...described}>
						{`\n${text}`}
					</textarea>
				)}
			</Field>
			{open && (
				<>
					<p class="hint">{fill(strings.editUntil, { time })}</p>
					<p class="buttons">
						<button type="submit" class="primary" name="intent" value="save">
							{strings.save}
						</button>
						<button type="submit" name="intent" value="preview">
							{strings.preview}
						</button>
					</p>
				</>
			)}
		</form>
	);
};

const DeleteForm = ({ entry, comment, linkKey }: Props) => {
	const strings = stringsFor(entry.lang);
	if (comment.state === "deleted") return null;
	return (
		<form class="comment-form" method="post" action={`/comments/${comment.id}/deletion`}>
			<input type="hidden" name="key" value={linkKey} />
			<h2>{strings.deleteHeading}</h2>
			<p class="hint">{strings.deleteHint}</p>
			<p class="buttons">
				<button type="submit">{strings.deleteComment}</button>
			</p>
		</form>
	);
};
