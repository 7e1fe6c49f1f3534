import type { LinkedAct } from "../../../moderation/links.ts";
import type { DeskComment } from "../../../moderation/queue.ts";
import { plural } from "../../strings/strings.ts";
import { CommentCard, SeenField } from "./comment-card.tsx";
import { type DeskFrame, DeskLayout } from "./layout.tsx";

/** What a link from a notice asks: the comment, and one button. */
export const ModerationPage = (
	props: DeskFrame & {
		comment: DeskComment;
		act: LinkedAct;
		token: string;
		now: number;
		/** Whether its author had changed it by the time the button was pressed. */
		changed?: boolean;
	},
) => {
	const { archive, strings, lang, comment, act, token, now } = props;
	return (
		<DeskLayout {...props} title={strings[`ask_${act}`]}>
			{props.changed && (
				<p class="notice" role="alert">
					{plural(strings.changedSince, 1, lang)}
				</p>
			)}
			<CommentCard archive={archive} comment={comment} now={now} strings={strings} lang={lang}>
				<form method="post" action={`/moderation/${token}`}>
					<SeenField comment={comment} />
					<p class="buttons">
						<button type="submit" class="primary">
							{act === "published" ? strings.approve : act === "spam" ? strings.spam : strings.delete}
						</button>
						<a class="button" href={`/admin/comments/${comment.id}`}>
							{strings.toTheDesk}
						</a>
					</p>
				</form>
			</CommentCard>
			<p class="hint">{strings.linkOnce}</p>
		</DeskLayout>
	);
};

/** What came of it, or why nothing did. */
export const ModerationAnswerPage = (props: DeskFrame & { title: string; text: string }) => (
	<DeskLayout {...props}>
		<p>{props.text}</p>
		<p>
			<a href="/admin">{props.strings.toTheDesk}</a>
		</p>
	</DeskLayout>
);
