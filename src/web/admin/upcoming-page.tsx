import { formatMinute } from "../../posts/dates.ts";
import type { Post } from "../../posts/post.ts";
import { inLanguage } from "../ui/in-language.ts";
import { fill } from "../ui/strings/strings.ts";
import { EditFileLink } from "./edit-file-link.tsx";
import { type AdminFrame, AdminLayout } from "./layout.tsx";

/** Renders scheduled posts and drafts, each with its preview link. */
export const UpcomingPage = (props: AdminFrame & { posts: readonly { post: Post; link: string }[] }) => {
	const { archive, strings, lang, posts } = props;
	const { timezone } = archive.site;
	return (
		<AdminLayout {...props} title={strings.upcoming}>
			<p class="lead">{posts.length === 0 ? strings.upcomingNone : strings.upcomingLead}</p>
			{posts.length > 0 && (
				<section aria-label={strings.upcoming}>
					<ul class="rows">
						{posts.map(({ post, link }) => (
							<li>
								<div>
									<a href={link} {...inLanguage(post.lang)}>
										{post.title}
									</a>
									<small>
										{post.draft
											? strings.upcomingDraft
											: fill(strings.upcomingAt, { date: formatMinute(post.published, lang, timezone) })}
									</small>
								</div>
								<EditFileLink entry={post} site={archive.site} strings={strings} />
							</li>
						))}
					</ul>
				</section>
			)}
		</AdminLayout>
	);
};
