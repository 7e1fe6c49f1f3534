import type { Page, Post } from "../../posts/post.ts";
import { stringsFor } from "./strings/strings.ts";

type Props = {
	entry: Post | Page;
	/** Id of the comment to follow; null for the whole thread. */
	commentId: number | null;
	typed?: string;
	/** Whether the typed address is invalid. */
	invalid?: boolean;
};

/** Renders the form to subscribe to a thread, or to the replies to a comment, without commenting. */
export const SubscribeForm = ({ entry, commentId, typed = "", invalid = false }: Props) => {
	const strings = stringsFor(entry.lang);
	return (
		<form class="comment-form subscribe-form" method="post" action="/subscriptions">
			<input type="hidden" name="post" value={entry.id} />
			{commentId !== null && <input type="hidden" name="comment" value={commentId} />}
			<div class="field">
				<label for="subscribe-email">{strings.email}</label>
				{invalid && (
					<p class="error" id="subscribe-error">
						{strings.errorAddressInvalid}
					</p>
				)}
				<input
					id="subscribe-email"
					name="email"
					type="email"
					dir="auto"
					autocomplete="email"
					required
					value={typed}
					{...(invalid ? { "aria-invalid": "true", "aria-describedby": "subscribe-error" } : {})}
				/>
			</div>
			<p class="buttons">
				<button type="submit">
					{commentId === null ? strings.subscribeToComments : strings.subscribeToReplies}
				</button>
			</p>
		</form>
	);
};
