import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { CommentState } from "../comments/comment.ts";
import type { Finding } from "../comments/judgement.ts";
import type { Role } from "../members/member.ts";
import type { DeedKind } from "../moderation/log.ts";
import type { Rejudgeable, Rejudging } from "../moderation/rejudging.ts";
import type { BlockKind } from "../moderation/settings.ts";
import type { Lesson } from "../moderation/weights.ts";
import type { ChannelName } from "../notifications/channel.ts";
import type { OutboxEvent } from "../notifications/outbox.ts";
import type { Tallies } from "../reactions/tallies.ts";

/** One row a post that has been talked about or reacted to; its counters are kept by triggers on the rows they count. */
export const threads = sqliteTable("threads", {
	postId: text("post_id").primaryKey(),
	commentCount: integer("comment_count").notNull().default(0),
	tallies: text("tallies", { mode: "json" }).$type<Tallies>().notNull().default({}),
	/** When a moderator closed the thread (epoch milliseconds); null while nobody has. */
	closedAt: integer("closed_at"),
	/** The comment shown before all others, or null. */
	pinnedId: integer("pinned_id"),
});

/**
 * Comments, one row each, never removed: a removed row would free its id, and with it its address and tokens.
 * `path` is the eight-digit hexadecimal ids from the root down to the comment, so that its order is the thread's.
 */
export const comments = sqliteTable(
	"comments",
	{
		id: integer("id").primaryKey(),
		postId: text("post_id").notNull(),
		parentId: integer("parent_id"),
		path: text("path").notNull(),
		state: text("state").$type<CommentState>().notNull(),
		name: text("name").notNull(),
		email: text("email"),
		website: text("website"),
		/** Who wrote it, by signed cookie; a typed name proves nothing. */
		visitor: text("visitor").notNull(),
		/** What was typed, kept so that the rendering can be made again. */
		source: text("source").notNull(),
		/** What readers get: made once, at writing. */
		html: text("html").notNull(),
		lang: text("lang"),
		/** Digest of post, parent, name and text, by which a doubled POST is recognised. */
		fingerprint: text("fingerprint").notNull(),
		/** The one-time key of the form it came from; null when that form was the one everybody shares. */
		formKey: text("form_key"),
		tallies: text("tallies", { mode: "json" }).$type<Tallies>().notNull().default({}),
		/** The sum of `tallies`, by which a thread is sorted. */
		reactionCount: integer("reaction_count").notNull().default(0),
		createdAt: integer("created_at").notNull(),
		/** When its author last changed it, or null. */
		editedAt: integer("edited_at"),
		/** Why the rules did not publish it; null when they did. */
		findings: text("findings", { mode: "json" }).$type<readonly Finding[]>(),
		/** Keyed digest of the network it came from, while the key lasts. */
		network: text("network"),
		/** Digest of the words, by which they are found under other posts; null for too few. */
		said: text("said"),
		/** Written from the desk. */
		byAuthor: integer("by_author", { mode: "boolean" }).notNull().default(false),
		/** Whether a comment on the post was ever replied to, so that its branch is found though it is hidden; by a trigger. */
		answered: integer("answered", { mode: "boolean" }).notNull().default(false),
		/** Under a name that is its writer's alone. */
		verified: integer("verified", { mode: "boolean" }).notNull().default(false),
	},
	(table) => [
		index("comments_thread").on(table.postId, table.path).where(sql`state IN ('published', 'deleted')`),
		// Unique, as paths are: only then does SQLite know that walking them needs no sorting.
		uniqueIndex("comments_roots")
			.on(table.postId, table.path)
			.where(sql`parent_id IS NULL AND (state IN ('published', 'deleted') OR answered)`),
		uniqueIndex("comments_top")
			.on(table.postId, table.reactionCount, table.path)
			.where(sql`parent_id IS NULL AND (state IN ('published', 'deleted') OR answered)`),
		index("comments_recent").on(table.createdAt).where(sql`state = 'published'`),
		index("comments_latest").on(table.postId, table.createdAt).where(sql`state = 'published'`),
		index("comments_waiting").on(table.createdAt).where(sql`state = 'held'`),
		index("comments_fingerprint").on(table.fingerprint),
		index("comments_visitor").on(table.visitor),
		index("comments_network").on(table.network, table.createdAt).where(sql`network IS NOT NULL`),
		index("comments_network_age").on(table.createdAt).where(sql`network IS NOT NULL`),
		index("comments_email_age").on(table.createdAt).where(sql`email IS NOT NULL`),
		index("comments_said").on(table.said).where(sql`said IS NOT NULL`),
	],
);

/** One row a visitor, kind and target; `commentId` 0 is the post itself. */
export const reactions = sqliteTable(
	"reactions",
	{
		postId: text("post_id").notNull(),
		commentId: integer("comment_id").notNull(),
		kind: text("kind").notNull(),
		visitor: text("visitor").notNull(),
		createdAt: integer("created_at").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.postId, table.commentId, table.kind, table.visitor] }),
		index("reactions_visitor").on(table.visitor),
	],
);

/** How many visitors without a cookie each network has sent in an hour; `network` is a keyed digest, never an address. */
export const newcomers = sqliteTable(
	"newcomers",
	{
		/** Hours since the epoch. */
		hour: integer("hour").notNull(),
		network: text("network").notNull(),
		count: integer("count").notNull(),
	},
	(table) => [primaryKey({ columns: [table.hour, table.network] })],
);

/** What a comment said before its author changed it, kept for moderators. */
export const revisions = sqliteTable(
	"revisions",
	{
		id: integer("id").primaryKey(),
		commentId: integer("comment_id").notNull(),
		source: text("source").notNull(),
		/** When this version was written, and when the next took its place. */
		writtenAt: integer("written_at").notNull(),
		replacedAt: integer("replaced_at").notNull(),
	},
	(table) => [index("revisions_comment").on(table.commentId)],
);

/** Every decision, on a comment or not: who made it, when and why. Rows are added and marked undone, never removed. */
export const decisions = sqliteTable(
	"decisions",
	{
		id: integer("id").primaryKey(),
		commentId: integer("comment_id"),
		state: text("state").$type<CommentState>(),
		madeBy: text("made_by").notNull(),
		reason: text("reason").notNull(),
		createdAt: integer("created_at").notNull(),
		/** What was done in one go shares an act; empty for what was not done at the desk. */
		act: text("act").notNull().default(""),
		kind: text("kind").$type<DeedKind>().notNull().default("decided"),
		postId: text("post_id"),
		/** What it was before and after, as its kind has it. */
		before: text("before"),
		after: text("after"),
		undoneAt: integer("undone_at"),
	},
	(table) => [
		index("decisions_comment").on(table.commentId),
		index("decisions_act").on(table.act).where(sql`act <> ''`),
	],
);

/**
 * One row a post that was ever talked about, written by triggers in the statement that changes its pages. `revision`
 * counts the changes; `reach` is what is yet to be purged, in the bits of `freshness/tags.ts`; it is 0 once that is done.
 */
export const stale = sqliteTable(
	"stale",
	{
		postId: text("post_id").primaryKey(),
		reach: integer("reach").notNull(),
		revision: integer("revision").notNull().default(1),
		purgedAt: integer("purged_at"),
	},
	(table) => [index("stale_due").on(table.purgedAt).where(sql`reach <> 0`)],
);

/** One row: who may purge next and how many purges the account still has. */
export const purgeBudget = sqliteTable("purge_budget", {
	id: integer("id").primaryKey(),
	tokens: real("tokens").notNull(),
	refilledAt: integer("refilled_at").notNull(),
	freeAt: integer("free_at").notNull(),
});

/** Who may sign in. A member who left keeps the row, because the log names them. */
export const members = sqliteTable("members", {
	id: integer("id").primaryKey(),
	name: text("name").notNull().unique(),
	role: text("role").$type<Role>().notNull(),
	createdAt: integer("created_at").notNull(),
	leftAt: integer("left_at"),
});

/** WebAuthn credentials; `id` and `publicKey` are base64url. */
export const passkeys = sqliteTable(
	"passkeys",
	{
		id: text("id").primaryKey(),
		memberId: integer("member_id").notNull(),
		publicKey: text("public_key").notNull(),
		counter: integer("counter").notNull(),
		transports: text("transports", { mode: "json" }).$type<readonly string[]>().notNull(),
		device: text("device").notNull(),
		createdAt: integer("created_at").notNull(),
		usedAt: integer("used_at"),
	},
	(table) => [index("passkeys_member").on(table.memberId)],
);

/** Signed-in browsers. Tokens are kept as their SHA-256 only; `replaced` is the one before the last rotation. */
export const sessions = sqliteTable(
	"sessions",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		memberId: integer("member_id").notNull(),
		token: text("token").notNull().unique(),
		replaced: text("replaced").unique(),
		device: text("device").notNull(),
		createdAt: integer("created_at").notNull(),
		rotatedAt: integer("rotated_at").notNull(),
		expiresAt: integer("expires_at").notNull(),
	},
	(table) => [index("sessions_member").on(table.memberId)],
);

/** Ids of single-use tokens that were used, kept until the token would have lapsed anyway. */
export const spentTokens = sqliteTable("spent_tokens", {
	id: text("id").primaryKey(),
	expiresAt: integer("expires_at").notNull(),
});

/**
 * Comments of which somebody may yet have to hear. Triggers on the comments write it, so that it is kept in the very
 * statement that publishes or holds a comment, whoever runs that; the outbox is made from it and it is emptied.
 */
export const news = sqliteTable("news", {
	id: integer("id").primaryKey(),
	commentId: integer("comment_id").notNull(),
	/** `added` with its present state, or `published` by a later decision. */
	cause: text("cause").$type<"added" | "published">().notNull(),
});

/** One row for each person and channel that is to hear of something. No address is kept here. */
export const outbox = sqliteTable(
	"outbox",
	{
		id: integer("id").primaryKey(),
		/** What, to whom, by what way: the same thing is never put here twice. */
		key: text("key").notNull(),
		channel: text("channel").$type<ChannelName>().notNull(),
		event: text("event").$type<OutboxEvent>().notNull(),
		commentId: integer("comment_id"),
		subscriptionId: integer("subscription_id"),
		/** An id of `addresses`; 0 is the owner, and -1 whoever wrote the comment, whose address is on it. */
		recipient: integer("recipient").notNull(),
		state: text("state").$type<"due" | "sent" | "dropped" | "dead">().notNull().default("due"),
		/** When to try next; while leased, when the lease ends. */
		dueAt: integer("due_at").notNull(),
		attempts: integer("attempts").notNull().default(0),
		lease: text("lease"),
		/** Rows sent in one message, set at the first attempt and kept for every other. */
		message: text("message"),
		why: text("why"),
		createdAt: integer("created_at").notNull(),
		settledAt: integer("settled_at"),
		verificationId: integer("verification_id"),
		/**
		 * Of mails that nobody has confirmed they want, a keyed digest of the address: by it they are counted, whatever has
		 * become of the rows that named the address.
		 */
		mailbox: text("mailbox"),
	},
	(table) => [
		uniqueIndex("outbox_key").on(table.key),
		index("outbox_due").on(table.channel, table.dueAt).where(sql`state = 'due'`),
		index("outbox_lease").on(table.lease).where(sql`state = 'due'`),
		index("outbox_sent").on(table.recipient, table.settledAt).where(sql`state = 'sent'`),
		index("outbox_unasked").on(table.event, table.createdAt).where(sql`mailbox IS NOT NULL`),
		index("outbox_mailbox").on(table.mailbox, table.event, table.createdAt).where(sql`mailbox IS NOT NULL`),
	],
);

/** Where mails land in development instead of being sent. */
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
/** Keys by which network addresses are digested, one a day; a digest says nothing once its key is destroyed. */
export const networkKeys = sqliteTable("network_keys", {
	/** Days since the epoch. */
	id: integer("id").primaryKey(),
	/** 32 random bytes, hexadecimal. */
	secret: text("secret").notNull(),
	createdAt: integer("created_at").notNull(),
});

/** What decisions teach, one row a comment decided about; a trigger notes it, and `taught` follows once it is learnt. */
export const lessons = sqliteTable(
	"lessons",
	{
		commentId: integer("comment_id").primaryKey(),
		/** What the comment is an example of by the latest decision; null for none. */
		lesson: text("lesson").$type<Lesson>(),
		taught: text("taught").$type<Lesson>(),
	},
	() => [index("lessons_due").on(sql`comment_id`).where(sql`lesson IS NOT taught`)],
);

/** What has been decided about comments that point at a host. */
export const linkHosts = sqliteTable("link_hosts", {
	host: text("host").primaryKey(),
	approved: integer("approved").notNull(),
	spam: integer("spam").notNull(),
});

/** One row: what the classifier was taught, as text (`weights.ts`), and from how many comments. */
export const classifier = sqliteTable("classifier", {
	id: integer("id").primaryKey(),
	/** Tells what an isolate has read from what has been learnt since. */
	revision: integer("revision").notNull(),
	weights: text("weights").notNull(),
	approved: integer("approved").notNull(),
	spam: integer("spam").notNull(),
});

/** One row: what the owner set on the rules page. */
export const settings = sqliteTable("settings", {
	id: integer("id").primaryKey(),
	body: text("body", { mode: "json" }).notNull(),
});

/** Old comments judged again: what was asked for, how far it is, and what came of it. */
export const rejudgings = sqliteTable(
	"rejudgings",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		act: text("act").notNull(),
		which: text("which").$type<Rejudgeable>().notNull(),
		askedBy: text("asked_by").notNull(),
		askedAt: integer("asked_at").notNull(),
		state: text("state").$type<Rejudging["state"]>().notNull(),
		/** Ids of the comment after which it goes on, and of the last. */
		after: integer("after").notNull(),
		last: integer("last").notNull(),
		total: integer("total").notNull(),
		looked: integer("looked").notNull().default(0),
		changed: integer("changed").notNull().default(0),
		settledAt: integer("settled_at"),
	},
	// One at a time.
	(table) => [uniqueIndex("rejudgings_running").on(table.state).where(sql`state = 'running'`)],
);

/** Who and where is not let through; `act` is the decision that blocked them, by which it is undone. */
export const blocks = sqliteTable(
	"blocks",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		kind: text("kind").$type<BlockKind>().notNull(),
		value: text("value").notNull(),
		label: text("label").notNull(),
		madeBy: text("made_by").notNull(),
		reason: text("reason").notNull(),
		createdAt: integer("created_at").notNull(),
		act: text("act").notNull(),
	},
	(table) => [uniqueIndex("blocks_value").on(table.kind, table.value)],
);

/**
 * Addresses that hear of comments or stand for somebody, in lower case; one that no subscription, identity or
 * verification needs is removed by a trigger. Ids are never given twice, since links and the outbox name them.
 */
export const addresses = sqliteTable("addresses", {
	id: integer("id").primaryKey({ autoIncrement: true }),
	email: text("email").notNull().unique(),
});

/** Who hears of which thread (`commentId` 0) or of replies to which comment; ended ones are removed. */
export const subscriptions = sqliteTable(
	"subscriptions",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		addressId: integer("address_id").notNull(),
		postId: text("post_id").notNull(),
		commentId: integer("comment_id").notNull(),
		/** Who asked, by signed cookie. */
		visitor: text("visitor").notNull(),
		state: text("state").$type<"pending" | "active">().notNull(),
		askedAt: integer("asked_at").notNull(),
		confirmedAt: integer("confirmed_at"),
	},
	(table) => [
		uniqueIndex("subscriptions_wish").on(table.addressId, table.postId, table.commentId),
		index("subscriptions_heard").on(table.postId, table.commentId).where(sql`state = 'active'`),
		index("subscriptions_visitor").on(table.visitor),
		index("subscriptions_pending").on(table.askedAt).where(sql`state = 'pending'`),
	],
);

/** Who has shown that an address is theirs, and the name that nobody else may take. */
export const identities = sqliteTable("identities", {
	id: integer("id").primaryKey({ autoIncrement: true }),
	addressId: integer("address_id").notNull().unique(),
	name: text("name").notNull(),
	/** What the name is told from others by (`comments/names.ts`). */
	lookKey: text("look_key").notNull().unique(),
	wordKey: text("word_key").notNull().unique(),
	/** The visitor that every browser of theirs is. */
	visitor: text("visitor").notNull().unique(),
	createdAt: integer("created_at").notNull(),
});

/** Links that were asked for to show that an address is one's own; used or lapsed ones are removed. */
export const verifications = sqliteTable(
	"verifications",
	{
		id: integer("id").primaryKey({ autoIncrement: true }),
		addressId: integer("address_id").notNull(),
		/** Who asked, by signed cookie. */
		visitor: text("visitor").notNull(),
		/** The name they typed; "" for none. */
		name: text("name").notNull(),
		/** BCP 47 tag of the page they asked on. */
		lang: text("lang").notNull(),
		createdAt: integer("created_at").notNull(),
		/** When it was used, until the next pruning takes it away; null before. */
		usedAt: integer("used_at"),
		/** The visitor of the browser that used it; null for one not known. */
		usedBy: text("used_by"),
	},
	(table) => [
		index("verifications_address").on(table.addressId),
		index("verifications_visitor").on(table.visitor),
		index("verifications_age").on(table.createdAt),
	],
);
