import type { Archive } from "../posts/archive.ts";
import type { Page, Post } from "../posts/post.ts";

/** What can have happened to a comment that somebody hears of. */
export type CommentEvent = "published" | "waiting" | "reply" | "receipt";

/** A comment somebody is to hear of, as the store gives it. */
export type ToldComment = {
	id: number;
	postId: string;
	parentName: string | null;
	name: string;
	source: string;
	/** Whether it is yet to be decided about. */
	waiting: boolean;
	/** BCP 47, or null where the text does not say. */
	lang: string | null;
	/** Epoch milliseconds. */
	createdAt: number;
};

/** A link for the owner that leads to one decision about a comment. */
export type ModerationLink = { label: string; url: string };

/** Makes the links by which the owner decides about a comment straight from a notice. */
export type ModerationLinks = (
	commentId: number,
	event: "published" | "waiting",
) => Promise<readonly ModerationLink[]>;

/** One comment in a notice, with the address at which it can be read in its place. */
export type NoticeItem = {
	event: CommentEvent;
	comment: ToldComment;
	post: { title: string; lang: string; url: string };
	url: string;
	decisions: readonly ModerationLink[];
};

/** A reader who hears by mail. */
export type Reader = {
	email: string;
	/** The subscriptions that this notice comes of. */
	subscriptions: readonly number[];
	/** What there is to confirm, in a notice that tells of nothing else. */
	asked: { subscription: number; post: NoticeItem["post"]; replies: boolean } | null;
	/** The link they asked for, in a notice that is of nothing else. */
	link: AskedLink | null;
};

/** A link by which somebody shows an address to be theirs, in the language they asked in; it lapses at an instant. */
export type AskedLink = { verification: number; lang: string; until: number };

/** Something for one person or program to hear, at an instant. `key` is the same at every attempt to tell it. */
export type Notice = {
	key: string;
	at: number;
	/** Null for the owner, in whatever way the owner hears. */
	reader: Reader | null;
	items: readonly NoticeItem[];
};

/** The places a notice speaks of, as absolute addresses. */
export function placesIn(archive: Archive, now: number) {
	const { site } = archive;
	const entryUrl = (entry: Post | Page) =>
		site.url + encodeURI(entry.path).replaceAll("?", "%3F").replaceAll("#", "%23");
	return {
		/** The post a comment belongs to, or null once readers can no longer see it. */
		post(postId: string) {
			const entry = archive.byId(postId, now);
			return entry === null ? null : { title: entry.title, lang: entry.lang, url: entryUrl(entry) };
		},
		/** The comment's own address, which leads to the page it is on. */
		comment: (id: number) => `${site.url}/comments/${id}`,
	};
}
