import type { ThreadSummary } from "../../moderation/threads.ts";
import { Message } from "../ui/message.tsx";
import { NextPage } from "../ui/next-page.tsx";
import { plural } from "../ui/strings/strings.ts";
import { type AdminFrame, AdminLayout } from "./layout.tsx";

type Props = AdminFrame & {
	/** The posts that are gone, each with the address of the one it was probably renamed to, or "". */
	threads: readonly (ThreadSummary & { guess: string })[];
	/** Address of the next page, or null on the last. */
	next: string | null;
	/** The form that was sent with no post of this blog; null otherwise. */
	wrong: { from: string; to: string } | null;
};

/** Renders the posts that are gone but have comments, each with the form that moves these to another post. */
export const OrphansPage = (props: Props) => {
	const { strings, lang, threads, next, wrong } = props;
	return (
		<AdminLayout {...props} title={strings.orphans}>
			<p class="lead">{threads.length === 0 ? strings.orphansNone : strings.orphansLead}</p>
			{wrong !== null && (
				<p class="notice error-summary" role="alert" id="move-error">
					{strings.moveWrong}
				</p>
			)}
			{threads.length > 0 && (
				<p class="hint">
					<Message text={strings.orphansHint} values={{ key: <code>id:</code> }} />
				</p>
			)}
			{threads.map(({ postId, count, waiting, guess }, at) => (
				<section class="orphan">
					<h2>
						<bdi>{postId}</bdi>
					</h2>
					<p class="hint">
						{[
							count > 0 && plural(strings.publicCount, count, lang),
							waiting > 0 && plural(strings.waitingCount, waiting, lang),
						]
							.filter(Boolean)
							.join(" · ")}{" "}
						<a href={`/admin/comments?state=any&post=${encodeURIComponent(postId)}`}>
							{strings.showComments}
						</a>
					</p>
					<form method="post" action="/admin/orphans" class="plain">
						<input type="hidden" name="from" value={postId} />
						<p>
							<label for={`to-${at}`}>{strings.moveTo}</label>
							<input
								id={`to-${at}`}
								name="to"
								dir="auto"
								required
								value={wrong?.from === postId ? wrong.to : guess}
								aria-describedby={`to-${at}-hint${wrong?.from === postId ? " move-error" : ""}`}
							/>
						</p>
						<p class="hint" id={`to-${at}-hint`}>
							{strings.moveToHint}
						</p>
						<p class="buttons">
							<button type="submit" class="primary">
								{strings.moveComments}
							</button>
						</p>
					</form>
				</section>
			))}
			{next !== null && <NextPage address={next} label={strings.more} name={strings.more} />}
		</AdminLayout>
	);
};
