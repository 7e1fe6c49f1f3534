import type { CommentState } from "../comments/comment.ts";

/*
 * The neutral records that every format is read into. A reader fills them with what the file says and decides nothing:
 * conversion, names, addresses and what may be public are decided once for all formats.
 */

/** A time: an instant in epoch milliseconds, or a local time such as `2017-03-18T18:22:52` in the old blog's zone. */
export type Time = { at: number } | { local: string };

/**
 * Text as the source has it. `breaks` is HTML whose paragraphs are only blank lines and whose line breaks only line ends;
 * `wordpress` is that with blocks and shortcodes.
 */
export type SourceText = { format: "html" | "breaks" | "wordpress" | "markdown" | "plain"; text: string };

/** The states of an entry at its source. Only `public` and `scheduled` are ever published; `unknown` is any other. */
export const entryStates = [
	"public",
	"scheduled",
	"draft",
	"pending",
	"private",
	"password",
	"members",
	"trash",
	"unknown",
] as const;
export type EntryState = (typeof entryStates)[number];

/** Fields of all records. */
type Base = {
	/** The id at the source, unique among records of its kind; posts and pages share one numbering. */
	id: string;
	/** The line of the file on which it begins, from 1, if known. */
	line?: number;
};

/** The blog that the following records are from. Comes first. */
export type SiteRecord = Base & {
	kind: "site";
	/**
	 * Names system and blog, such as `wordpress:blog.example`. With the ids of records it is the key by which a later import
	 * recognizes them, so it must be the same for every export of the blog.
	 */
	source: string;
	title: string;
	/** Web address, if the file has it. */
	address: string | null;
	/** IANA name of the zone of local times, if the file or the service tells. */
	timezone: string | null;
};

/** An author of the blog. `id` is what entries name. */
export type AuthorRecord = Base & { kind: "author"; name: string; email: string | null };

/** A category, a tag, or a term of another taxonomy. */
export type TermRecord = Base & {
	kind: "term";
	taxonomy: "category" | "tag" | "other";
	name: string;
	/** Its old address, if known. */
	address: string | null;
};

/** A post or page. */
export type EntryRecord = Base & {
	kind: "post" | "page";
	title: string;
	/** Last part of its address, decoded; null to make one of the title. */
	slug: string | null;
	/** Old addresses, absolute or from the root, the permalink first. Queries are allowed. */
	addresses: readonly string[];
	/** Its number in WordPress, by which `/?p=12` finds it. */
	number: number | null;
	/** Its id in feeds, if it is not the address. */
	guid: string | null;
	state: EntryState;
	published: Time | null;
	updated: Time | null;
	/** Ids of author records, or names. */
	authors: readonly string[];
	text: SourceText;
	/** The text above the fold or an excerpt written by hand; empty if there is none. */
	excerpt: string;
	categories: readonly string[];
	tags: readonly string[];
	comments: "open" | "closed" | "off";
	/** The image it is presented with: a medium's id, or an address. */
	image: { medium: string } | { address: string } | null;
	/** BCP 47, if the file tells. */
	lang: string | null;
	series: string | null;
	/** Whether it was kept above all others. */
	pinned: boolean;
	/** Properties without a counterpart, for the report: `post format: quote`. */
	unsupported: readonly string[];
};

/** A comment, pingback or trackback. It has no field for network addresses and browsers, which are never read. */
export type CommentRecord = Base & {
	kind: "comment";
	type: "comment" | "pingback" | "trackback";
	/**
	 * The entry it is on: by id for a file with entries; for comments alone by all the file has to find it, addresses, paths
	 * from the root, or ids of entries; for edgecat's own export by the id it has here, too.
	 */
	entry: { id: string } | { addresses: readonly string[] } | { post: string };
	/** The id of the comment it replies to. */
	parent: string | null;
	state: CommentState;
	name: string;
	email: string | null;
	website: string | null;
	text: SourceText;
	created: Time | null;
	/** Whether an author of the blog wrote it while signed in. */
	byAuthor: boolean;
	/** Whether its anchor in old links is `#comment-ID`, so that it should keep its number. */
	keepsNumber: boolean;
	/** The id by which a later import recognizes it, where other blogs have the same ids; by default `id`. */
	key?: string;
	/** Facts that only edgecat's own export tells. */
	own?: OwnComment;
};

/** Facts of a comment that only edgecat's own export has. Times are epoch milliseconds. */
export type OwnComment = {
	/** The visitor id; empty if it is not known. */
	visitor: string;
	lang: string | null;
	publishedAt: number | null;
	editedAt: number | null;
	version: number;
	verified: boolean;
	/** JSON of the findings, or null. */
	findings: string | null;
	/** Its id in the system it was imported from, or null. */
	origin: { source: string; id: string } | null;
	earlierVersions: readonly {
		name: string;
		website: string | null;
		text: string;
		writtenAt: number;
		replacedAt: number;
		actor: string | null;
		operation: string;
	}[];
};

/** A picture or another file. */
export type MediumRecord = Base & {
	kind: "medium";
	/** Its old address. */
	address: string;
	title: string;
	alt: string;
};

/**
 * A link of a menu, in its `order`. `to` is an entry or a term by its id, or an address; `title` is empty for that of the entry
 * or term.
 */
export type LinkRecord = Base & {
	kind: "link";
	menu: string;
	title: string;
	order: number;
	to: { entry: string } | { term: string } | { address: string };
	/** Whether it is below another link. */
	isNested: boolean;
};

/** A thing in the file that no other record can hold, such as a widget; always reported. */
export type OtherRecord = Base & { kind: "other"; type: string; title: string };

/** A file of edgecat's own export that is copied as it is, counted as what it holds. `path` is below the content folder. */
export type FileRecord = Base & { kind: "copy"; as: "post" | "page" | "file"; path: string };

/** The kinds of rows that only edgecat's own export has: those that comments depend on, and those that depend on them. */
export const rowsBeforeComments = ["member", "reader", "thread"] as const;
export const rowsAfterComments = ["reaction", "subscription", "decision", "erasure"] as const;
export type RowKind = (typeof rowsBeforeComments)[number] | (typeof rowsAfterComments)[number];

/** A row of edgecat's own export beside comments. `fields` are as `db/imported-rows.ts` takes them. */
export type RowRecord = Base & {
	kind: "row";
	as: RowKind;
	/** When it came to be, epoch milliseconds; null if that is not known. */
	at: number | null;
	/** The number of the comment it is about, or null. */
	comment: number | null;
	/** The visitor it is about; empty for none. */
	visitor: string;
	fields: Readonly<Record<string, string | number | null>>;
};

export type ImportRecord =
	| SiteRecord
	| AuthorRecord
	| TermRecord
	| EntryRecord
	| CommentRecord
	| MediumRecord
	| LinkRecord
	| OtherRecord
	| FileRecord
	| RowRecord;

/** A remark about the file while it is read, such as a character that XML does not allow; reading goes on. */
export type Remark = { kind: "remark"; line: number; message: string };
