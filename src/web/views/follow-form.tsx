import type { Page, Post } from "../../posts/post.ts";
import { stringsFor } from "../strings/strings.ts";

type Props = {
	entry: Post | Page;
	/** The comment whose replies to follow; null for the whole thread. */
	commentId: number | null;
	typed?: string;
	/** Whether what was typed is no address. */
	wrong?: boolean;
};

/** Asks to hear of a thread, or of replies to a comment, without saying anything. */
export const FollowForm = ({ entry, commentId, typed = "", wrong = false }: Props) => {
	const strings = stringsFor(entry.lang);
	return (
		<form class="comment-form follow-form" method="post" action="/subscriptions">
			<input type="hidden" name="post" value={entry.id} />
			{commentId !== null && <input type="hidden" name="comment" value={commentId} />}
			<div class="field">
				<label for="follow-email">{strings.email}</label>
				{wrong && (
					<p class="error" id="follow-error">
						{strings.errorAddressInvalid}
					</p>
				)}
				<input
					id="follow-email"
					name="email"
					type="email"
					autocomplete="email"
					required
					value={typed}
					{...(wrong ? { "aria-invalid": "true", "aria-describedby": "follow-error" } : {})}
				/>
			</div>
			<p class="buttons">
				<button type="submit">{commentId === null ? strings.followThread : strings.followReplies}</button>
			</p>
		</form>
	);
};
