import type { WrittenComment } from "../../comments/authorship.ts";
import type { DraftErrors } from "../../comments/draft.ts";
import type { Archive } from "../../posts/archive.ts";
import { formatMinute } from "../../posts/dates.ts";
import type { Page, Post } from "../../posts/post.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { Field } from "./comment-form.tsx";
import { ErrorSummary } from "./form-page.tsx";
import { Layout } from "./layout.tsx";
import { href } from "./links.ts";
import { Message } from "./message.tsx";
import { commentProse } from "./prose.tsx";

export type OwnCommentState =
	| { is: "writing" }
	| { is: "preview"; html: string }
	| { is: "invalid"; errors: DraftErrors }
	| { is: "too_late" }
	| { is: "refused"; why: string };

type Props = {
	archive: Archive;
	entry: Post | Page;
	comment: WrittenComment;
	state: OwnCommentState;
	/** Whether it may still be changed, and until when (epoch milliseconds). */
	open: boolean;
	until: number;
	/** The key of the author's own link, or nothing for one who has the cookie. */
	linkKey: string;
	/** The text as it stands or as they have just typed it. */
	text: string;
};

/** A comment as its author finds it: to change while that is allowed, and to delete. */
export const OwnCommentPage = (props: Props) => {
	const { archive, entry, comment, state, open, until, text } = props;
	const { lang } = entry;
	const strings = stringsFor(lang);
	const time = formatMinute(until, lang, archive.site.timezone);
	const refused = state.is === "invalid" || state.is === "refused" || state.is === "too_late";
	const heading = refused ? strings.editErrorHeading : strings.ownHeading;
	return (
		<Layout archive={archive} meta={{ title: heading, lang, unindexed: true }}>
			<div class="conversation">
				<h1>{heading}</h1>
				<Trouble state={state} lang={lang} time={time} />
				{state.is === "preview" && (
					<>
						<p class="hint">{strings.previewNote}</p>
						<div class="preview prose">{commentProse({ html: state.html })}</div>
					</>
				)}
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

const Trouble = ({ state, lang, time }: { state: OwnCommentState; lang: string; time: string }) => {
	if (state.is === "invalid") return <ErrorSummary errors={state.errors} lang={lang} />;
	if (state.is !== "refused" && state.is !== "too_late") return null;
	const why = state.is === "refused" ? state.why : fill(stringsFor(lang).editRefusedClosed, { time });
	return (
		<p class="notice error-summary" role="alert">
			{why}
		</p>
	);
};

const EditForm = ({ entry, comment, state, open, linkKey, text, time }: Props & { time: string }) => {
	const strings = stringsFor(entry.lang);
	const error = state.is === "invalid" ? state.errors.text : undefined;
	return (
		<form class="comment-form" method="post" action={`/comments/${comment.id}/revisions`}>
			<input type="hidden" name="key" value={linkKey} />
			<Field name="text" strings={strings} hint={strings.textHint} error={error}>
				{(described) => (
					<textarea id="text" name="text" rows={6} required {...described}>
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
