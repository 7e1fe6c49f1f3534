import type { WrittenComment } from "../../comments/authorship.ts";
import type { OwnComments } from "../../comments/visitors.ts";
import type { Archive } from "../../posts/archive.ts";
import { formatMinute } from "../../posts/dates.ts";
import { editPath } from "../authorship.ts";
import { type Remembered, rememberedDays } from "../remembered.ts";
import { fill, plural, stringsFor } from "../strings/strings.ts";
import { Layout } from "./layout.tsx";
import { href } from "./links.ts";
import { commentProse } from "./prose.tsx";

type Props = {
	archive: Archive;
	now: number;
	/** Null when nothing tells who is asking. */
	held: (OwnComments & { reactionCount: number; subscriptionCount: number }) | null;
	remembered: Remembered | null;
	/** What has just been asked for. */
	done: "deleted" | "forgotten" | null;
};

/** Everything one visitor may see, take away or undo, on one page. */
export const MePage = ({ archive, now, held, remembered, done }: Props) => {
	const lang = archive.site.language;
	const strings = stringsFor(lang);
	return (
		<Layout archive={archive} meta={{ title: strings.meTitle, lang, unindexed: true }}>
			<section class="conversation">
				<h1>{strings.meTitle}</h1>
				{done !== null && (
					<p class="notice" role="status">
						{done === "deleted" ? strings.meDeleted : strings.meForgotten}
					</p>
				)}
				<p>{held === null ? strings.meNothing : strings.meLead}</p>
				{remembered !== null && <RememberedNote remembered={remembered} lang={lang} />}
				{held !== null && (
					<>
						<p>{plural(strings.meReactions, held.reactionCount, lang)}</p>
						{held.subscriptionCount > 0 && (
							<p>{plural(strings.meSubscriptions, held.subscriptionCount, lang)}</p>
						)}
						{held.comments.length > 0 && (
							<>
								<h2>{strings.comments}</h2>
								<ol class="thread">
									{held.comments.map((comment) => (
										<OwnComment archive={archive} comment={comment} now={now} />
									))}
								</ol>
							</>
						)}
						{held.next !== null && (
							<nav class="paging" aria-label={strings.paging}>
								<a href={`/me?before=${held.next}`} rel="next">
									{strings.meOlder}
								</a>
							</nav>
						)}
					</>
				)}
				{(held !== null || remembered !== null) && <Choices lang={lang} />}
			</section>
		</Layout>
	);
};

const OwnComment = (props: { archive: Archive; comment: WrittenComment; now: number }) => {
	const { archive, comment, now } = props;
	const lang = archive.site.language;
	const strings = stringsFor(lang);
	const entry = archive.byId(comment.postId, now);
	return (
		<li>
			<article class="comment">
				<header>
					{entry !== null && (
						<a href={`${href(entry.path)}#comments`} lang={entry.lang}>
							{entry.title}
						</a>
					)}
					<time class="when" datetime={new Date(comment.createdAt).toISOString()}>
						{formatMinute(comment.createdAt, lang, archive.site.timezone)}
					</time>
					{comment.state !== "published" && <small>{strings.meWaiting}</small>}
				</header>
				<div class="prose" lang={comment.lang ?? undefined}>
					{commentProse(comment)}
				</div>
				{entry !== null && (
					<footer>
						<a class="reply" href={editPath(comment.id)}>
							{strings.ownLink}
						</a>
					</footer>
				)}
			</article>
		</li>
	);
};

const RememberedNote = ({ remembered, lang }: { remembered: Remembered; lang: string }) => {
	const strings = stringsFor(lang);
	const { name, email, website } = remembered;
	return (
		<>
			<h2>{strings.meRemembered}</h2>
			<ul>
				{[name, email, website]
					.filter((value) => value !== "")
					.map((value) => (
						<li>
							<bdi>{value}</bdi>
						</li>
					))}
			</ul>
			<p class="hint">{fill(strings.meRememberedNote, { days: rememberedDays })}</p>
		</>
	);
};

const Choices = ({ lang }: { lang: string }) => {
	const strings = stringsFor(lang);
	return (
		<>
			<p class="back">
				<a href="/me/export">{strings.meExport}</a>
			</p>
			<form class="comment-form" method="post" action="/me/forgetting">
				<p class="hint">{strings.meForgetHint}</p>
				<p class="buttons">
					<button type="submit">{strings.meForget}</button>
				</p>
			</form>
			<form class="comment-form" method="post" action="/me/deletion">
				<p class="hint">{strings.meDeleteHint}</p>
				<p class="buttons">
					<button type="submit">{strings.meDelete}</button>
				</p>
			</form>
		</>
	);
};
