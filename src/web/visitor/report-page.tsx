import type { Comment } from "../../comments/comment.ts";
import { reportLimits } from "../../comments/reports.ts";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { Layout } from "../ui/layout.tsx";
import { commentPath } from "../ui/links.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { ParentQuote } from "./form-page.tsx";

type Props = {
	archive: Archive;
	comment: Comment;
	entry: Post | Page;
	/** The reason as typed before, unchanged. */
	reason: string;
	state: { is: "writing" | "sent" | "too_long" } | { is: "refused"; why: string };
};

/** Renders the form that reports a comment, and after it the thanks. */
export const ReportPage = ({ archive, comment, entry, reason, state }: Props) => {
	const { lang } = entry;
	const strings = stringsFor(lang);
	const limit = reportLimits.reason;
	const error =
		state.is === "too_long"
			? fill(strings.errorTooLong, { limit })
			: state.is === "refused"
				? state.why
				: null;
	return (
		<Layout archive={archive} meta={{ title: strings.reportHeading, lang, noindex: true }}>
			<div class="conversation">
				<h1>{strings.reportHeading}</h1>
				{error !== null && (
					<p class="notice error-summary" role="alert" id="reason-error">
						{error}
					</p>
				)}
				{state.is === "sent" && (
					<p class="notice" role="status">
						{strings.reportSent}
					</p>
				)}
				<ParentQuote comment={comment} lang={lang} />
				{state.is !== "sent" && (
					<form class="comment-form" method="post" action={`/comments/${comment.id}/reports`}>
						<div class="field">
							<label for="reason">{strings.reportReason}</label>
							<textarea
								id="reason"
								name="reason"
								rows={3}
								dir="auto"
								aria-describedby={error === null ? "reason-hint" : "reason-error reason-hint"}
								aria-invalid={state.is === "too_long" ? "true" : undefined}
							>
								{/* The HTML parser drops a newline after the tag, so that this one keeps the text's own. */}
								{`\n${reason}`}
							</textarea>
							<p class="hint" id="reason-hint">
								{strings.reportHint}
							</p>
						</div>
						<p class="buttons">
							<button type="submit" class="primary">
								{strings.sendReport}
							</button>
						</p>
					</form>
				)}
				<p class="back">
					<a href={commentPath(comment.id)}>{strings.backToComment}</a>
				</p>
			</div>
		</Layout>
	);
};
