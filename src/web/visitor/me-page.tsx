import type { NameError } from "../../comments/draft.ts";
import { editPath } from "../../comments/edit-link.ts";
import type { WrittenComment } from "../../comments/own-comments.ts";
import { type RememberedAuthor, rememberedDays } from "../../comments/remembered-author.ts";
import type { OwnComments } from "../../comments/visitors.ts";
import type { Identity } from "../../identities/identity.ts";
import type { Archive } from "../../posts/archive.ts";
import { formatMinute } from "../../posts/dates.ts";
import { DateTime } from "../ui/byline.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { Layout } from "../ui/layout.tsx";
import { href } from "../ui/links.ts";
import { Message } from "../ui/message.tsx";
import { NextPage } from "../ui/next-page.tsx";
import { commentProse } from "../ui/prose.tsx";
import { fill, plural, stringsFor } from "../ui/strings/strings.ts";
import type { MeResult } from "./me-results.ts";
import { NameField, VerificationForm } from "./verification-page.tsx";

type Props = {
	archive: Archive;
	/** Interface language. */
	lang: string;
	now: number;
	/** Null without a visitor cookie. */
	activity: (OwnComments & { reactionCount: number; subscriptionCount: number }) | null;
	remembered: RememberedAuthor | null;
	/** The visitor's verified identity, if any. */
	identity: Identity | null;
	/** Whether mail is configured, so that an address can be verified. */
	mailEnabled: boolean;
	/** The action that led here. */
	done: MeResult | null;
	/** A rejected new name, with its error or the limit that refused it. */
	renaming: { typed: string; error: NameError | null; refused: string | null } | null;
};

/** Renders the visitor's own comments, identity and stored data, with the forms to export, anonymize and erase them. */
export const MePage = (props: Props) => {
	const { archive, lang, now, activity, remembered, identity, mailEnabled, done, renaming } = props;
	const strings = stringsFor(lang);
	return (
		<Layout archive={archive} meta={{ title: strings.meTitle, lang, siteLang: lang, noindex: true }}>
			<section class="conversation">
				<h1>{strings.meTitle}</h1>
				{done !== null && (
					<p class="notice" role="status">
						{strings[`meDone_${done}`]}
					</p>
				)}
				<p>{activity === null ? strings.meEmpty : strings.meLead}</p>
				{activity !== null && <p>{plural(strings.meReactions, activity.reactionCount, lang)}</p>}
				{activity !== null && activity.subscriptionCount > 0 && (
					<p>{plural(strings.meSubscriptions, activity.subscriptionCount, lang)}</p>
				)}
				{identity !== null ? (
					<IdentitySection archive={archive} lang={lang} identity={identity} renaming={renaming} />
				) : (
					mailEnabled && <VerifySection lang={lang} name={remembered?.name ?? ""} />
				)}
				{remembered !== null && <RememberedNote remembered={remembered} lang={lang} />}
				{activity !== null && (
					<>
						{activity.comments.length > 0 && (
							<>
								<h2>{strings.comments}</h2>
								<ol class="thread">
									{activity.comments.map((comment) => (
										<OwnComment archive={archive} lang={lang} comment={comment} now={now} />
									))}
								</ol>
							</>
						)}
						{activity.next !== null && (
							<NextPage
								address={`/me?before=${activity.next}`}
								label={strings.meOlder}
								name={strings.pagination}
							/>
						)}
					</>
				)}
				{(activity !== null || remembered !== null) && <DataSection lang={lang} />}
			</section>
		</Layout>
	);
};

const IdentitySection = (props: Pick<Props, "archive" | "lang" | "renaming"> & { identity: Identity }) => {
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
				{renaming?.refused && (
					<p class="notice error-summary" role="alert">
						{renaming.refused}
					</p>
				)}
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

const VerifySection = ({ lang, name }: { lang: string; name: string }) => {
	const strings = stringsFor(lang);
	return (
		<>
			<h2>{strings.meVerify}</h2>
			<p>{strings.meVerifyLead}</p>
			<VerificationForm strings={strings} email="" name={name} />
		</>
	);
};

const OwnComment = (props: Pick<Props, "archive" | "lang" | "now"> & { comment: WrittenComment }) => {
	const { archive, lang, comment, now } = props;
	const strings = stringsFor(lang);
	const entry = archive.findById(comment.postId, now);
	return (
		<li>
			<article class="comment">
				<header>
					{entry !== null && (
						<a href={`${href(entry.path)}#comments`} {...inLanguage(entry.lang, lang)}>
							{entry.title}
						</a>
					)}
					<DateTime instant={comment.createdAt} lang={lang} site={archive.site} class="when" />
					{comment.state !== "published" && <small>{strings.meWaiting}</small>}
				</header>
				<div class="prose" lang={comment.lang ?? undefined}>
					{commentProse(comment)}
				</div>
				{entry !== null && (
					<footer>
						<a class="reply" href={editPath(comment.id)}>
							{strings.editLink}
						</a>
					</footer>
				)}
			</article>
		</li>
	);
};

const RememberedNote = ({ remembered, lang }: { remembered: RememberedAuthor; lang: string }) => {
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

const DataSection = ({ lang }: { lang: string }) => {
	const strings = stringsFor(lang);
	return (
		<>
			<p class="back">
				<a href="/me/export">{strings.meExport}</a>
			</p>
			<form class="comment-form" method="post" action="/me/anonymization">
				<p class="hint">{strings.meAnonymizeHint}</p>
				<p class="buttons">
					<button type="submit">{strings.meAnonymize}</button>
				</p>
			</form>
			<form class="comment-form" method="post" action="/me/erasure">
				<p class="hint">{strings.meEraseHint}</p>
				<p class="buttons">
					<button type="submit">{strings.meErase}</button>
				</p>
			</form>
		</>
	);
};
