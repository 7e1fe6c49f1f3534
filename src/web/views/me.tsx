import type { WrittenComment } from "../../comments/authorship.ts";
import type { NameError } from "../../comments/draft.ts";
import { editPath } from "../../comments/own-link.ts";
import type { OwnComments } from "../../comments/visitors.ts";
import type { Identity } from "../../identities/identity.ts";
import type { Archive } from "../../posts/archive.ts";
import { formatMinute } from "../../posts/dates.ts";
import { type Remembered, rememberedDays } from "../remembered.ts";
import { fill, plural, stringsFor } from "../strings/strings.ts";
import { Minute } from "./byline.tsx";
import { Layout } from "./layout.tsx";
import { href } from "./links.ts";
import { Message } from "./message.tsx";
import { commentProse } from "./prose.tsx";
import { AskForm, NameField } from "./verification-page.tsx";

type Props = {
	archive: Archive;
	/** The language of whoever is asking. */
	lang: string;
	now: number;
	/** Null when nothing tells who is asking. */
	held: (OwnComments & { reactionCount: number; subscriptionCount: number }) | null;
	remembered: Remembered | null;
	/** Whom they are known to be, by a link from a mail. */
	identity: Identity | null;
	/** Whether such a link can be mailed. */
	mail: boolean;
	/** What has just been done. */
	done: Done | null;
	/** A name that could not be taken, and why. */
	renaming: { typed: string; error: NameError } | null;
};

/** What can have just been done. */
export const acts = ["deleted", "forgotten", "verified", "renamed", "given-up", "signed-out"] as const;

export type Done = (typeof acts)[number];

/** Everything one visitor may see, take away or undo, on one page. */
export const MePage = ({ archive, lang, now, held, remembered, identity, mail, done, renaming }: Props) => {
	const strings = stringsFor(lang);
	return (
		<Layout archive={archive} meta={{ title: strings.meTitle, lang, frame: lang, unindexed: true }}>
			<section class="conversation">
				<h1>{strings.meTitle}</h1>
				{done !== null && (
					<p class="notice" role="status">
						{strings[`meDone_${done}`]}
					</p>
				)}
				<p>{held === null ? strings.meNothing : strings.meLead}</p>
				{held !== null && <p>{plural(strings.meReactions, held.reactionCount, lang)}</p>}
				{held !== null && held.subscriptionCount > 0 && (
					<p>{plural(strings.meSubscriptions, held.subscriptionCount, lang)}</p>
				)}
				{identity !== null ? (
					<OwnName archive={archive} lang={lang} identity={identity} renaming={renaming} />
				) : (
					mail && <NoName lang={lang} name={remembered?.name ?? ""} />
				)}
				{remembered !== null && <RememberedNote remembered={remembered} lang={lang} />}
				{held !== null && (
					<>
						{held.comments.length > 0 && (
							<>
								<h2>{strings.comments}</h2>
								<ol class="thread">
									{held.comments.map((comment) => (
										<OwnComment archive={archive} lang={lang} comment={comment} now={now} />
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

const OwnName = (props: Pick<Props, "archive" | "lang" | "renaming"> & { identity: Identity }) => {
	const { archive, lang, identity, renaming } = props;
	const strings = stringsFor(lang);
	const { name, email, since } = identity;
	return (
		<>
			<h2>{strings.meIdentity}</h2>
			<p>
				<Message
					text={strings.meIdentityLead}
					values={{
						name: <bdi>{name}</bdi>,
						email,
						date: formatMinute(since, lang, archive.site.timezone),
					}}
				/>
			</p>
			<form class="comment-form" method="post" action="/me/name">
				<NameField strings={strings} name={renaming?.typed ?? name} error={renaming?.error ?? null} />
				<p class="hint">{strings.meRenameHint}</p>
				<p class="buttons">
					<button type="submit">{strings.meRename}</button>
				</p>
			</form>
			<form class="comment-form" method="post" action="/me/session/end">
				<p class="hint">{strings.meSignOutHint}</p>
				<p class="buttons">
					<button type="submit">{strings.meSignOut}</button>
				</p>
			</form>
			<form class="comment-form" method="post" action="/me/name/removal">
				<p class="hint">{strings.meGiveUpHint}</p>
				<p class="buttons">
					<button type="submit">{strings.meGiveUp}</button>
				</p>
			</form>
		</>
	);
};

const NoName = ({ lang, name }: { lang: string; name: string }) => {
	const strings = stringsFor(lang);
	return (
		<>
			<h2>{strings.meVerify}</h2>
			<p>{strings.meVerifyLead}</p>
			<AskForm strings={strings} email="" name={name} />
		</>
	);
};

const OwnComment = (props: Pick<Props, "archive" | "lang" | "now"> & { comment: WrittenComment }) => {
	const { archive, lang, comment, now } = props;
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
					<Minute instant={comment.createdAt} lang={lang} site={archive.site} class="when" />
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
