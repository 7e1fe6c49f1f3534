import type { LinkAction } from "../../moderation/moderation-links.ts";
import type { ModeratedComment } from "../../moderation/queue.ts";
import { plural } from "../ui/strings/strings.ts";
import { CommentCard, SeenField } from "./comment-card.tsx";
import { type AdminFrame, AdminLayout } from "./layout.tsx";

/** Renders the comment of a link from a notification, and the button that confirms. */
export const ModerationConfirmPage = (
	props: AdminFrame & {
		comment: ModeratedComment;
		operation: LinkAction;
		token: string;
		now: number;
		/** Whether its author edited the comment before the button was pressed. */
		changed?: boolean;
	},
) => {
	const { archive, strings, lang, comment, operation, token, now } = props;
	return (
		<AdminLayout {...props} title={strings[`ask_${operation}`]}>
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
							{operation === "published"
								? strings.approve
								: operation === "spam"
									? strings.spam
									: strings.delete}
						</button>
						<a class="button" href={`/admin/comments/${comment.id}`}>
							{strings.goToAdmin}
						</a>
					</p>
				</form>
			</CommentCard>
			<p class="hint">{strings.linkOnce}</p>
		</AdminLayout>
	);
};

/** Renders the result, or why nothing was changed. */
export const ModerationResultPage = (props: AdminFrame & { title: string; text: string }) => (
	<AdminLayout {...props}>
		<p>{props.text}</p>
		<p>
			<a href="/admin">{props.strings.goToAdmin}</a>
		</p>
	</AdminLayout>
);
