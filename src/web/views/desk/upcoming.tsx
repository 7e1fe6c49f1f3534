import { formatMinute } from "../../../posts/dates.ts";
import type { Post } from "../../../posts/post.ts";
import { fill } from "../../strings/strings.ts";
import { type DeskFrame, DeskLayout } from "./layout.tsx";

/** What readers do not see yet, each with a link to hand to somebody. */
export const UpcomingPage = (props: DeskFrame & { posts: readonly { post: Post; link: string }[] }) => {
	const { archive, strings, lang, posts } = props;
	const { timezone } = archive.site;
	return (
		<DeskLayout {...props} title={strings.upcoming}>
			<p class="lead">{posts.length === 0 ? strings.upcomingNone : strings.upcomingLead}</p>
			{posts.length > 0 && (
				<section aria-label={strings.upcoming}>
					<ul class="ledger">
						{posts.map(({ post, link }) => (
							<li>
								<div>
									<a href={link} lang={post.lang}>
										{post.title}
									</a>
									<small>
										{post.draft
											? strings.upcomingDraft
											: fill(strings.upcomingAt, { date: formatMinute(post.published, lang, timezone) })}
									</small>
								</div>
							</li>
						))}
					</ul>
				</section>
			)}
		</DeskLayout>
	);
};
