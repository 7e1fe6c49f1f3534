import type { WarningKind } from "../monitoring/warnings.ts";
import type { Archive } from "../posts/archive.ts";
import { encodePath } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Row } from "../tokens/row.ts";

/** The kinds of events that notify somebody. */
export const commentEvents = ["published", "waiting", "reply", "receipt", "approved"] as const;
export type CommentEvent = (typeof commentEvents)[number];

/** A comment in a notice, as stored. */
export type NoticeComment = {
	id: number;
	postId: string;
	parentName: string | null;
	/** Whether the parent was written in the admin. */
	parentByAuthor: boolean;
	name: string;
	/** Written in the admin; everything else is a stranger's text. */
	byAuthor: boolean;
	source: string;
	/** Whether it is held for moderation. */
	waiting: boolean;
	/** BCP 47 language tag, or null if the text does not tell. */
	lang: string | null;
	/** Epoch milliseconds. */
	createdAt: number;
};

/** A link in a notice by which the owner decides about one comment. */
export type ModerationLink = { label: string; url: string };

/** Returns the links by which the owner decides about a comment from the notice itself. */
export type ModerationLinks = (
	comment: Row,
	event: "published" | "waiting",
) => Promise<readonly ModerationLink[]>;

/** One comment in a notice, with its post and permalink. */
export type NoticeItem = {
	event: CommentEvent;
	comment: NoticeComment;
	post: { title: string; lang: string; url: string };
	url: string;
	decisions: readonly ModerationLink[];
};

/** A reader who receives mail. */
export type Reader = {
	email: string;
	/** The subscriptions that caused this notice. */
	subscriptions: readonly Row[];
	/** The subscription to confirm; such a notice has no other content, except for a receipt. */
	confirmation: { subscription: Row; post: NoticeItem["post"]; replies: boolean } | null;
	/** The verification link they requested; such a notice has no other content. */
	verificationLink: VerificationLink | null;
};

/** A link that verifies an e-mail address, in the language of the request; `expiresAt` is epoch milliseconds. */
export type VerificationLink = { verification: Row; lang: string; expiresAt: number };

/** A message to one recipient on one channel. `key` is the same at every attempt, `at` is epoch milliseconds. */
export type Notice = {
	key: string;
	at: number;
	/** Null for the owner, on every channel. */
	reader: Reader | null;
	items: readonly NoticeItem[];
	/** A warning about the blog itself; such a notice has no items. */
	warning?: NoticeWarning;
};

/** A warning to the owner: one sentence, and the page that shows more. */
export type NoticeWarning = { kind: WarningKind; isOver: boolean; title: string; url: string };

/** Looks up the posts and comments of notices, with absolute URLs. */
export function noticeTargets(archive: Archive, now: number) {
	const { site } = archive;
	const entryUrl = (entry: Post | Page) => site.url + encodePath(entry.path);
	return {
		/** Returns the post of a comment, or null if readers can no longer see it. */
		post(postId: string) {
			const entry = archive.findById(postId, now);
			return entry === null ? null : { title: entry.title, lang: entry.lang, url: entryUrl(entry) };
		},
		/** Returns the permalink of a comment, which redirects to the page it is on. */
		commentUrl: (id: number) => `${site.url}/comments/${id}`,
	};
}
