import { type SQL, sql } from "drizzle-orm";
import {
	type CheckBuilder,
	check,
	index,
	integer,
	primaryKey,
	real,
	type SQLiteColumn,
	sqliteTable,
	text,
	uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { commentStates } from "../comments/comment.ts";
import { pauseModes } from "../comments/pause.ts";
import type { Finding } from "../comments/verdict.ts";
import { writeKinds } from "../comments/write-limits.ts";
import { roles } from "../members/member.ts";
import { auditKinds } from "../moderation/audit-log.ts";
import { blockKinds } from "../moderation/blocks.ts";
import { recheckSelections, recheckStates } from "../moderation/recheck.ts";
import { labels } from "../moderation/weights.ts";
import type { Counts } from "../monitoring/metrics.ts";
import { periodLengths } from "../monitoring/periods.ts";
import type { WarningKind } from "../monitoring/warnings.ts";
import { channelNames } from "../notifications/channel.ts";
import { outboxEvents, outboxStates } from "../notifications/outbox.ts";
import { subscriptionStates } from "../notifications/subscription.ts";
import type { ReactionKind } from "../reactions/kinds.ts";
import type { Tallies } from "../reactions/tallies.ts";

/*
 * The tables, from which drizzle-kit writes migrations.
 *
 * References: D1 enforces foreign keys in migrations too, so a table that others refer to cannot be rebuilt, which is how
 * SQLite changes a CHECK: dropping the old one counts as deleting its rows, and the transaction fails (tried; with a reference
 * of `comments` to itself it takes minutes before that). So only addresses and members, whose shape is settled, are referred
 * to. Rows of comments are never deleted (a trigger refuses it), so ids of comments lead somewhere without a reference.
 * The outbox outlives the subscriptions and verifications it names, and the audit log names members, who may leave.
 *
 * CHECKs: the values of enumerations and booleans, and ranges that code relies on. Counters kept by triggers have none: a
 * count that is wrong must not stop a comment from being deleted.
 */

/** Returns the CHECKs of a table: the values of its enumerations and booleans, and the named conditions. */
function checks(
	table: string,
	columns: Record<string, SQLiteColumn>,
	conditions: Record<string, SQL> = {},
): CheckBuilder[] {
	const values = Object.values(columns).flatMap(({ name, enumValues, dataType }) => {
		const allowed = dataType === "boolean" ? "0, 1" : enumValues?.map((value) => `'${value}'`).join(", ");
		return allowed === undefined || allowed === ""
			? []
			: [check(`${table}_${name}`, sql.raw(`${name} IN (${allowed})`))];
	});
	const named = Object.entries(conditions).map(([name, condition]) => check(`${table}_${name}`, condition));
	return [...values, ...named];
}

/** Threads, one row for each post with a comment or a reaction. Triggers on the counted rows keep its counters. */
export const threads = sqliteTable("threads", {
	postId: text("post_id").primaryKey(),
	commentCount: integer("comment_count").notNull().default(0),
	tallies: text("tallies", { mode: "json" }).$type<Tallies>().notNull().default({}),
	/** When a moderator closed the thread (epoch milliseconds); null while it is open. */
	closedAt: integer("closed_at"),
	/** The comment shown before all others, or null. */
	pinnedId: integer("pinned_id"),
});

/** The condition for comments with a place in the thread: published ones, and hidden ones above a published reply. */
const inThread = sql`state = 'published' OR has_public_replies`;

/**
 * Comments, one row each. A trigger refuses to delete a row: another comment would get its id, and so its link and tokens.
 * `path` joins the eight-digit hexadecimal ids from the root down to the comment, so that sorting by it gives thread order.
 */
export const comments = sqliteTable(
	"comments",
	{
		id: integer("id").primaryKey(),
		postId: text("post_id").notNull(),
		parentId: integer("parent_id"),
		path: text("path").notNull(),
		state: text("state", { enum: commentStates }).notNull(),
		name: text("name").notNull(),
		email: text("email"),
		website: text("website"),
		/** The author's visitor id, from a signed cookie; a typed name proves nothing. */
		visitor: text("visitor").notNull(),
		/** The text as typed, kept so that `html` can be rendered again. */
		source: text("source").notNull(),
		/** The rendered text that readers get, stored once when the comment is written. */
		html: text("html").notNull(),
		lang: text("lang"),
		/** Digest of post, parent, name and text; finds a doubled POST. */
		fingerprint: text("fingerprint").notNull(),
		/** The one-time key of the form it came from; null for the form that every visitor shares. */
		formKey: text("form_key"),
		tallies: text("tallies", { mode: "json" }).$type<Tallies>().notNull().default({}),
		/** The sum of `tallies`, for sorting a thread. */
		reactionCount: integer("reaction_count").notNull().default(0),
		createdAt: integer("created_at").notNull(),
		/** When it was first published, which an approval makes later than it was written; null before. */
		publishedAt: integer("published_at"),
		/** When its author last edited it, or null. */
		editedAt: integer("edited_at"),
		/** The number of the version of name, website and text, whoever changed them. A trigger raises it. */
		version: integer("version").notNull().default(1),
		/** Findings of the rules that did not publish it; null if they did. */
		findings: text("findings", { mode: "json" }).$type<readonly Finding[]>(),
		/** Keyed digest of the author's network, while the key lasts. */
		network: text("network"),
		/** Digest of the words, for finding them under other posts; null for too few words. */
		contentHash: text("content_hash"),
		/** Written in the admin. */
		byAuthor: integer("by_author", { mode: "boolean" }).notNull().default(false),
		/** Whether a published comment is anywhere below it; a hidden one then leaves a placeholder. Kept by triggers. */
		hasPublicReplies: integer("has_public_replies", { mode: "boolean" }).notNull().default(false),
		/** The post it was moved from last; null for none. */
		movedFrom: text("moved_from"),
		/** Written under a name that is reserved for its author. */
		verified: integer("verified", { mode: "boolean" }).notNull().default(false),
	},
	(table) => [
		index("comments_thread").on(table.postId, table.path).where(inThread),
		// Unique, as paths are: only then does SQLite know that walking them needs no sorting.
		uniqueIndex("comments_roots")
			.on(table.postId, table.path)
			.where(sql`parent_id IS NULL AND (${inThread})`),
		uniqueIndex("comments_top")
			.on(table.postId, table.reactionCount, table.path)
			.where(sql`parent_id IS NULL AND (${inThread})`),
		index("comments_published").on(table.publishedAt).where(sql`state = 'published'`),
		index("comments_recent").on(table.createdAt).where(sql`state = 'published'`),
		index("comments_latest").on(table.postId, table.publishedAt).where(sql`state = 'published'`),
		index("comments_waiting").on(table.createdAt).where(sql`state = 'held'`),
		// Written exactly as in the query of the purge.
		index("comments_rejected").on(table.createdAt).where(sql`state IN ('spam', 'deleted') AND source <> ''`),
		index("comments_unpublished").on(table.state).where(sql`state <> 'published'`),
		index("comments_fingerprint").on(table.fingerprint),
		index("comments_visitor").on(table.visitor),
		index("comments_network").on(table.network, table.createdAt).where(sql`network IS NOT NULL`),
		index("comments_network_age").on(table.createdAt).where(sql`network IS NOT NULL`),
		index("comments_email_age").on(table.createdAt).where(sql`email IS NOT NULL`),
		index("comments_content_hash").on(table.contentHash).where(sql`content_hash IS NOT NULL`),
		...checks("comments", table, { id: sql`id BETWEEN 1 AND 0xffffffff` }),
	],
);

/** Reactions, one row for each visitor, kind and target; `commentId` 0 is the post itself. */
export const reactions = sqliteTable(
	"reactions",
	{
		postId: text("post_id").notNull(),
		commentId: integer("comment_id").notNull(),
		/** A reaction kind. Checked as a word, not as one of a list, so that adding a kind needs no migration. */
		kind: text("kind").$type<ReactionKind>().notNull(),
		visitor: text("visitor").notNull(),
		createdAt: integer("created_at").notNull(),
		/** Keyed digest of the network of a visitor who had no cookie yet, while the key lasts; null for others. */
		network: text("network"),
		/** The post it was moved from last, with the comments; null for none. */
		movedFrom: text("moved_from"),
	},
	(table) => [
		primaryKey({ columns: [table.postId, table.commentId, table.kind, table.visitor] }),
		index("reactions_visitor").on(table.visitor),
		index("reactions_network_age").on(table.createdAt).where(sql`network IS NOT NULL`),
		...checks("reactions", table, {
			comment_id: sql`comment_id >= 0`,
			// Triggers use it in JSON paths.
			kind: sql`kind <> '' AND kind NOT GLOB '*[^a-z_]*'`,
		}),
	],
);

/**
 * Counts of what visitors wrote, which limit it: one row for each hour of a network, and one for each day of the site.
 * `network` is a keyed digest, never an address; it is empty in the site's rows.
 */
export const writeCounts = sqliteTable(
	"write_counts",
	{
		/** When the hour or day began (epoch milliseconds). */
		since: integer("since").notNull(),
		network: text("network").notNull(),
		kind: text("kind", { enum: writeKinds }).notNull(),
		count: integer("count").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.network, table.kind, table.since] }),
		index("write_counts_age").on(table.since),
		...checks("write_counts", table, { count: sql`count >= 1` }),
	],
);

/** Readers' reports of public comments, which put them before a moderator; one from each network and comment. */
export const reports = sqliteTable(
	"reports",
	{
		id: integer("id").primaryKey(),
		commentId: integer("comment_id").notNull(),
		/** Keyed digest of the reader's network; null when unknown. */
		network: text("network"),
		/** Why it was reported, as typed; "" for no reason. */
		reason: text("reason").notNull(),
		createdAt: integer("created_at").notNull(),
		/** When a moderator kept the comment nevertheless; null for an open report. */
		dismissedAt: integer("dismissed_at"),
	},
	(table) => [
		uniqueIndex("reports_sender").on(table.commentId, table.network),
		index("reports_open").on(table.commentId).where(sql`dismissed_at IS NULL`),
		index("reports_age").on(table.createdAt),
	],
);

/** Earlier versions of comments, whoever replaced them, kept for moderators until the comment is erased. */
export const revisions = sqliteTable(
	"revisions",
	{
		id: integer("id").primaryKey(),
		commentId: integer("comment_id").notNull(),
		name: text("name").notNull(),
		website: text("website"),
		source: text("source").notNull(),
		/** When this version was written, and when the next one replaced it. */
		writtenAt: integer("written_at").notNull(),
		replacedAt: integer("replaced_at").notNull(),
		/** The moderator who replaced it; null for the author. */
		actor: text("actor"),
		/** The moderator's operation in the audit log; empty for an author's edit. */
		operation: text("operation").notNull().default(""),
	},
	(table) => [index("revisions_comment").on(table.commentId)],
);

/**
 * Tombstones of erased comments, without text: `source` is the system a comment was written in, `id` its id there. A trigger
 * refuses the words of a comment that has one, so that no import or restored row brings them back.
 */
export const tombstones = sqliteTable(
	"tombstones",
	{
		source: text("source").notNull(),
		id: text("id").notNull(),
		erasedAt: integer("erased_at").notNull(),
	},
	(table) => [primaryKey({ columns: [table.source, table.id] })],
);

/**
 * Comments that were imported: `source` is the system and blog they come from, `sourceId` their id there. An import skips those
 * it finds here, whatever became of them since. Triggers add none of them to the queue of events.
 */
export const importedComments = sqliteTable(
	"imported_comments",
	{
		commentId: integer("comment_id").primaryKey(),
		source: text("source").notNull(),
		sourceId: text("source_id").notNull(),
	},
	(table) => [uniqueIndex("imported_comments_source").on(table.source, table.sourceId)],
);

/**
 * How far edgecat's own exports were imported: the time of the newest row of each kind, such as reactions. What readers take
 * back leaves no trace, so an import adds only what is newer than this.
 */
export const importCheckpoints = sqliteTable(
	"import_checkpoints",
	{
		/** The blog they come from. */
		source: text("source").notNull(),
		kind: text("kind").notNull(),
		until: integer("until").notNull(),
	},
	(table) => [primaryKey({ columns: [table.source, table.kind] })],
);

/**
 * The audit log: every decision with its actor, time and reason, and no words of a comment. Rows are added and marked
 * undone, never deleted.
 */
export const auditLog = sqliteTable(
	"audit_log",
	{
		id: integer("id").primaryKey(),
		commentId: integer("comment_id"),
		state: text("state", { enum: commentStates }),
		actor: text("actor").notNull(),
		reason: text("reason").notNull(),
		createdAt: integer("created_at").notNull(),
		/** Groups the entries of one action, which are undone together; empty for those made outside the admin. */
		operation: text("operation").notNull().default(""),
		kind: text("kind", { enum: auditKinds }).notNull().default("decided"),
		postId: text("post_id"),
		/** The value before and after the change; `kind` says of what. */
		before: text("before"),
		after: text("after"),
		undoneAt: integer("undone_at"),
		/** The version of the comment that the decision is about. */
		version: integer("version"),
	},
	(table) => [
		index("audit_log_comment").on(table.commentId),
		index("audit_log_operation").on(table.operation).where(sql`operation <> ''`),
		index("audit_log_blocks").on(table.id).where(sql`kind IN ('blocked', 'unblocked')`),
		...checks("audit_log", table),
	],
);

/**
 * Pending purges, one row for each post ever discussed, and one without an id for all threads. Triggers write it in the statement that changes the post's pages.
 * `revision` counts the changes; `scope` has the bits of `caching/tags.ts` that are yet to be purged, and is 0 after that.
 */
export const pendingPurges = sqliteTable(
	"pending_purges",
	{
		postId: text("post_id").primaryKey(),
		scope: integer("scope").notNull(),
		revision: integer("revision").notNull().default(1),
		purgedAt: integer("purged_at"),
	},
	(table) => [
		index("pending_purges_due").on(table.purgedAt).where(sql`scope <> 0`),
		...checks("pending_purges", table, { scope: sql`scope BETWEEN 0 AND 15`, revision: sql`revision >= 1` }),
	],
);

/**
 * Cached pages, one row for each post: the first page of its thread as it was last rendered, whole and compressed. Triggers
 * empty the row in the statement that raises the revision of the post or of all threads, so that no deleted word stays.
 */
export const cachedPages = sqliteTable("cached_pages", {
	postId: text("post_id").primaryKey(),
	/** The deployment that rendered it (`caching/invalidation.ts`); no other uses it. */
	deployment: text("deployment").notNull(),
	/** The revision it was rendered from, of the post and all threads together. */
	revision: integer("revision").notNull(),
	renderedAt: integer("rendered_at").notNull(),
	/** When it changes by itself (epoch milliseconds); null for never. */
	changesAt: integer("changes_at"),
	etag: text("etag").notNull(),
	/** The document, compressed (raw DEFLATE) and in base64; null once it is outdated. */
	body: text("body"),
});

/** Counts of pages stored in `cached_pages`, one row for each day, which limit what that writes. A trigger keeps them. */
export const cachedPageCounts = sqliteTable("cached_page_counts", {
	/** Days since the epoch. */
	day: integer("day").primaryKey(),
	count: integer("count").notNull(),
});

/** The token bucket for purges, one row: how many the account still has, and until when nobody else may purge. */
export const purgeBudget = sqliteTable(
	"purge_budget",
	{
		id: integer("id").primaryKey(),
		tokens: real("tokens").notNull(),
		refilledAt: integer("refilled_at").notNull(),
		lockedUntil: integer("locked_until").notNull(),
	},
	(table) => checks("purge_budget", table, { id: sql`id = 1` }),
);

/** Members, who may sign in. The row of a member who left stays, because the audit log names them. */
export const members = sqliteTable(
	"members",
	{
		id: integer("id").primaryKey(),
		name: text("name").notNull().unique(),
		role: text("role", { enum: roles }).notNull(),
		createdAt: integer("created_at").notNull(),
		leftAt: integer("left_at"),
	},
	(table) => checks("members", table),
);

/** WebAuthn credentials; `id` and `publicKey` are base64url. */
export const passkeys = sqliteTable(
	"passkeys",
	{
		id: text("id").primaryKey(),
		memberId: integer("member_id")
			.notNull()
			.references(() => members.id),
		publicKey: text("public_key").notNull(),
		counter: integer("counter").notNull(),
		transports: text("transports", { mode: "json" }).$type<readonly string[]>().notNull(),
		device: text("device").notNull(),
		createdAt: integer("created_at").notNull(),
		usedAt: integer("used_at"),
	},
	(table) => [index("passkeys_member").on(table.memberId)],
);

/** Sessions of members. Tokens are stored as their SHA-256 only; `previousToken` is the one before the last rotation. */
export const sessions = sqliteTable(
	"sessions",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		memberId: integer("member_id")
			.notNull()
			.references(() => members.id),
		token: text("token").notNull().unique(),
		previousToken: text("previous_token").unique(),
		device: text("device").notNull(),
		createdAt: integer("created_at").notNull(),
		rotatedAt: integer("rotated_at").notNull(),
		expiresAt: integer("expires_at").notNull(),
	},
	(table) => [index("sessions_member").on(table.memberId)],
);

/** Ids of single-use tokens that were used, kept until the token would have expired anyway. */
export const usedTokens = sqliteTable(
	"used_tokens",
	{
		id: text("id").primaryKey(),
		expiresAt: integer("expires_at").notNull(),
	},
	(table) => [index("used_tokens_age").on(table.expiresAt)],
);

/**
 * Comment events that may cause notifications. Triggers on the comments write them in the statement that publishes or holds
 * a comment, whichever code runs it; filling the outbox deletes them.
 */
export const commentEvents = sqliteTable(
	"comment_events",
	{
		id: integer("id").primaryKey(),
		commentId: integer("comment_id").notNull(),
		/** `added` with its present state, or `published` by a later decision. */
		cause: text("cause", { enum: ["added", "published"] }).notNull(),
	},
	(table) => checks("comment_events", table),
);

/**
 * Published comments whose subscribers are yet to be notified, a few at a time: the earliest `dueAt` first. Filling the outbox
 * adds them, and deletes one after its last subscriber.
 */
export const readerEvents = sqliteTable(
	"reader_events",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		commentId: integer("comment_id").notNull(),
		cause: text("cause", { enum: ["added", "published"] }).notNull(),
		/** Id of the last subscription that was considered. */
		cursor: integer("cursor").notNull().default(0),
		dueAt: integer("due_at").notNull(),
		createdAt: integer("created_at").notNull(),
	},
	(table) => [index("reader_events_due").on(table.dueAt), ...checks("reader_events", table)],
);

/** Counts of notices to subscribers by day and post, which limit them; `postId` is empty in the row of the whole site. */
export const noticeCounts = sqliteTable(
	"notice_counts",
	{
		/** When the day began (epoch milliseconds). */
		day: integer("day").notNull(),
		postId: text("post_id").notNull(),
		count: integer("count").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.day, table.postId] }),
		...checks("notice_counts", table, { count: sql`count >= 1` }),
	],
);

/** The outbox, one row for each recipient and channel. No address is stored here. */
export const outbox = sqliteTable(
	"outbox",
	{
		id: integer("id").primaryKey(),
		/** Event, comment, recipient and channel in one string; unique, so that nothing is queued twice. */
		key: text("key").notNull(),
		channel: text("channel", { enum: channelNames }).notNull(),
		event: text("event", { enum: outboxEvents }).notNull(),
		commentId: integer("comment_id"),
		subscriptionId: integer("subscription_id"),
		/** An id of `addresses`; 0 is the owner, and -1 the comment's author, whose address is in the comment. */
		recipient: integer("recipient").notNull(),
		state: text("state", { enum: outboxStates }).notNull().default("due"),
		/** When to try next; while leased or being sent, when the lease ends. */
		dueAt: integer("due_at").notNull(),
		attempts: integer("attempts").notNull().default(0),
		lease: text("lease"),
		/** Key shared by rows sent in one message, set at the first attempt and kept for every later one. */
		message: text("message"),
		failure: text("failure"),
		createdAt: integer("created_at").notNull(),
		settledAt: integer("settled_at"),
		verificationId: integer("verification_id"),
		/**
		 * Keyed digest of the address, for mails that nobody has confirmed they want. These are counted by it, even after the
		 * rows that named the address are gone.
		 */
		mailbox: text("mailbox"),
	},
	(table) => [
		uniqueIndex("outbox_key").on(table.key),
		index("outbox_open").on(table.state, table.channel, table.dueAt).where(sql`settled_at IS NULL`),
		index("outbox_settled").on(table.settledAt).where(sql`settled_at IS NOT NULL`),
		index("outbox_failed").on(table.id).where(sql`failure IS NOT NULL`),
		index("outbox_sent").on(table.recipient, table.settledAt).where(sql`state = 'sent' AND channel = 'mail'`),
		index("outbox_unconfirmed").on(table.event, table.createdAt).where(sql`mailbox IS NOT NULL`),
		index("outbox_mailbox").on(table.mailbox, table.event, table.createdAt).where(sql`mailbox IS NOT NULL`),
		...checks("outbox", table, { recipient: sql`recipient >= -1`, attempts: sql`attempts >= 0` }),
	],
);

/** Mails of the development server, stored instead of sent. */
export const localMails = sqliteTable("local_mails", {
	id: integer("id").primaryKey(),
	key: text("key").notNull().unique(),
	recipient: text("recipient").notNull(),
	subject: text("subject").notNull(),
	text: text("text").notNull(),
	html: text("html").notNull(),
	headers: text("headers", { mode: "json" }).$type<Record<string, string>>().notNull(),
	createdAt: integer("created_at").notNull(),
});

/** HMAC keys for network addresses, one a day. A digest reveals nothing once its key is deleted. */
export const networkKeys = sqliteTable("network_keys", {
	/** Days since the epoch. */
	id: integer("id").primaryKey(),
	/** 32 random bytes, hexadecimal. */
	secret: text("secret").notNull(),
	createdAt: integer("created_at").notNull(),
});

/** Training examples, one row for each comment a person decided about. A trigger sets `label`, training `trainedLabel`. */
export const trainingExamples = sqliteTable(
	"training_examples",
	{
		commentId: integer("comment_id").primaryKey(),
		/** The label the latest decision gives the comment; null for none. */
		label: text("label", { enum: labels }),
		/** The label the classifier was last trained with; null for none. */
		trainedLabel: text("trained_label", { enum: labels }),
	},
	(table) => [
		index("training_examples_due").on(sql`comment_id`).where(sql`label IS NOT trained_label`),
		...checks("training_examples", table),
	],
);

/** Counts of decisions about comments that link to a target: a host, or a part of one that many share. No CHECK: SQLite would refuse the -1 of an upsert before adding it. */
export const linkTargets = sqliteTable("link_targets", {
	target: text("target").primaryKey(),
	approved: integer("approved").notNull(),
	spam: integer("spam").notNull(),
});

/** The classifier, one row: its weights as text (`weights.ts`), and how many comments it was trained with. */
export const classifier = sqliteTable(
	"classifier",
	{
		id: integer("id").primaryKey(),
		/** Grows with every training, so that an isolate knows when to read the weights again. */
		revision: integer("revision").notNull(),
		weights: text("weights").notNull(),
		approved: integer("approved").notNull(),
		spam: integer("spam").notNull(),
	},
	(table) => checks("classifier", table, { id: sql`id = 1` }),
);

/** Moderation settings, one row: what the owner set on the rules page. */
export const settings = sqliteTable(
	"settings",
	{
		id: integer("id").primaryKey(),
		body: text("body", { mode: "json" }).notNull(),
		/** Grows with every change, which must name the version it was made from. */
		version: integer("version").notNull().default(1),
	},
	(table) => checks("settings", table, { id: sql`id = 1` }),
);

/** The pause of commenting on the whole blog, one row. Triggers purge the pages of all threads when it changes. */
export const pauses = sqliteTable(
	"pauses",
	{
		id: integer("id").primaryKey(),
		/** Null when there is none. */
		mode: text("mode", { enum: pauseModes }),
		/** When it ends by itself (epoch milliseconds); null for never. */
		until: integer("until"),
		/** Grows with every change, which must name the version it was made from. */
		version: integer("version").notNull(),
	},
	(table) => checks("pauses", table, { id: sql`id = 1` }),
);

/** Rechecks of old comments: the request, its progress and its result. */
export const rechecks = sqliteTable(
	"rechecks",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		operation: text("operation").notNull(),
		selection: text("selection", { enum: recheckSelections }).notNull(),
		requestedBy: text("requested_by").notNull(),
		requestedAt: integer("requested_at").notNull(),
		state: text("state", { enum: recheckStates }).notNull(),
		/** Id of the comment after which it continues. */
		cursor: integer("cursor").notNull(),
		/** Id of the last comment to check. */
		lastId: integer("last_id").notNull(),
		total: integer("total").notNull(),
		checked: integer("checked").notNull().default(0),
		changed: integer("changed").notNull().default(0),
		settledAt: integer("settled_at"),
	},
	(table) => [
		// One at a time.
		uniqueIndex("rechecks_running").on(table.state).where(sql`state = 'running'`),
		...checks("rechecks", table),
	],
);

/** Blocked visitors, e-mail addresses and networks. `operation` is that of the audit entry by which the block is undone. */
export const blocks = sqliteTable(
	"blocks",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		kind: text("kind", { enum: blockKinds }).notNull(),
		value: text("value").notNull(),
		label: text("label").notNull(),
		actor: text("actor").notNull(),
		reason: text("reason").notNull(),
		createdAt: integer("created_at").notNull(),
		operation: text("operation").notNull(),
	},
	(table) => [uniqueIndex("blocks_value").on(table.kind, table.value), ...checks("blocks", table)],
);

/**
 * E-mail addresses of subscriptions, identities and verifications, in lower case. A trigger deletes an address that none of
 * these needs. Ids are never reused, since links and the outbox contain them.
 */
export const addresses = sqliteTable("addresses", {
	id: integer("id").primaryKey({ autoIncrement: true }),
	email: text("email").notNull().unique(),
});

/** Subscriptions to a thread (`commentId` 0) or to the replies to one comment. Ended ones are deleted. */
export const subscriptions = sqliteTable(
	"subscriptions",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		addressId: integer("address_id")
			.notNull()
			.references(() => addresses.id),
		postId: text("post_id").notNull(),
		commentId: integer("comment_id").notNull(),
		/** The subscriber's visitor id, from a signed cookie. */
		visitor: text("visitor").notNull(),
		state: text("state", { enum: subscriptionStates }).notNull(),
		requestedAt: integer("requested_at").notNull(),
		/** When it was first requested; links in mails name it with the id. */
		createdAt: integer("created_at").notNull(),
		confirmedAt: integer("confirmed_at"),
		/** The post it was moved from last, with the comments; null for none. */
		movedFrom: text("moved_from"),
	},
	(table) => [
		uniqueIndex("subscriptions_target").on(table.addressId, table.postId, table.commentId),
		index("subscriptions_active").on(table.postId, table.commentId).where(sql`state = 'active'`),
		index("subscriptions_visitor").on(table.visitor),
		index("subscriptions_pending").on(table.requestedAt).where(sql`state = 'pending'`),
		...checks("subscriptions", table, { comment_id: sql`comment_id >= 0` }),
	],
);

/** Verified names: each belongs to a confirmed address, and no other visitor may use it. */
export const identities = sqliteTable("identities", {
	id: integer("id").primaryKey({ autoIncrement: true }),
	addressId: integer("address_id")
		.notNull()
		.unique()
		.references(() => addresses.id),
	name: text("name").notNull(),
	/** The name's skeletons (UTS #39), by which look-alike names are equal (`comments/names.ts`). */
	skeleton: text("skeleton").notNull().unique(),
	foldedSkeleton: text("folded_skeleton").notNull().unique(),
	/** The visitor id that every browser of this person gets. */
	visitor: text("visitor").notNull().unique(),
	createdAt: integer("created_at").notNull(),
});

/** Verification links that were requested to confirm an address. Used and expired ones are deleted. */
export const verifications = sqliteTable(
	"verifications",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		addressId: integer("address_id")
			.notNull()
			.references(() => addresses.id),
		/** The requesting visitor's id, from a signed cookie. */
		visitor: text("visitor").notNull(),
		/** The name they typed; "" for none. */
		name: text("name").notNull(),
		/** BCP 47 tag of the page they requested it on. */
		lang: text("lang").notNull(),
		createdAt: integer("created_at").notNull(),
		/** When it was used; null before, and deleted by the next pruning. */
		usedAt: integer("used_at"),
		/** Visitor id of the browser that used it; null for a browser without one. */
		usedBy: text("used_by"),
	},
	(table) => [
		index("verifications_address").on(table.addressId),
		index("verifications_visitor").on(table.visitor),
		index("verifications_age").on(table.createdAt),
	],
);

/** The last recorded run of the cron trigger, one row. */
export const cronRuns = sqliteTable(
	"cron_runs",
	{
		id: integer("id").primaryKey(),
		ranAt: integer("ran_at").notNull(),
	},
	(table) => checks("cron_runs", table, { id: sql`id = 1` }),
);

/**
 * The figures of the blog, one row for each hour and day, and for each write of a minute. A later period takes the row of an earlier one of its length, so that
 * their number is bounded and none has to be deleted.
 */
export const metrics = sqliteTable(
	"metrics",
	{
		length: text("length", { enum: periodLengths }).notNull(),
		/** The number of the period, modulo how many of its length are kept; several of a minute. */
		slot: integer("slot").notNull(),
		/** When the period began (epoch milliseconds). */
		since: integer("since").notNull(),
		/** Counts by metric and label (`monitoring/metrics.ts`). */
		counts: text("counts", { mode: "json" }).$type<Counts>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.length, table.slot] }), ...checks("metrics", table)],
);

/** The warnings that are open, one row for each matter. */
export const warnings = sqliteTable("warnings", {
	/** A kind of warning. No CHECK: a later version has further ones. */
	kind: text("kind").$type<WarningKind>().primaryKey(),
	since: integer("since").notNull(),
	/** When the owner was told; null until then. */
	toldAt: integer("told_at"),
});

/** Addresses that owners have redirected in the admin, read where a page is not found. */
export const redirects = sqliteTable("redirects", {
	/** The path's key (`posts/paths.ts`). */
	from: text("from_key").primaryKey(),
	/** The path of a post or page. */
	to: text("to_path").notNull(),
	createdAt: integer("created_at").notNull(),
});
