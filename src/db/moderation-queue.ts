import type { D1Database } from "@cloudflare/workers-types";
import { and, asc, count, desc, eq, gt, gte, lt, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { alias } from "drizzle-orm/sqlite-core";
import {
	type CommenterHistory,
	type ModeratedComment,
	type ModerationQueue,
	type QueueFilter,
	spellingsOf,
} from "../moderation/queue.ts";
import { idsAre } from "./audit-log.ts";
import { containsWords } from "./caseless.ts";
import { comments, threads } from "./schema.ts";

const parent = alias(comments, "parent");

const columns = {
	id: comments.id,
	postId: comments.postId,
	state: comments.state,
	name: comments.name,
	email: comments.email,
	website: comments.website,
	visitor: comments.visitor,
	source: comments.source,
	html: comments.html,
	lang: comments.lang,
	byAuthor: comments.byAuthor,
	verified: comments.verified,
	createdAt: comments.createdAt,
	editedAt: comments.editedAt,
	version: comments.version,
	findings: comments.findings,
	pinnedId: threads.pinnedId,
	parentId: parent.id,
	parentName: parent.name,
	parentSource: parent.source,
};

/** Reads comments from D1 for moderators. */
export function moderationQueueRepository(d1: D1Database): ModerationQueue {
	const db = drizzle(d1);

	const rows = (where: SQL | undefined, order: SQL, limit: number) =>
		db
			.select(columns)
			.from(comments)
			.leftJoin(parent, eq(parent.id, comments.parentId))
			.leftJoin(threads, eq(threads.postId, comments.postId))
			.where(where)
			.orderBy(order)
			.limit(limit);

	type Row = Awaited<ReturnType<typeof rows>>[number];

	/** Adds the history of its author to each comment. Authors without a visitor id, such as anonymized ones, have none. */
	async function complete(found: readonly Row[]): Promise<readonly ModeratedComment[]> {
		const visitors = [...new Set(found.map(({ visitor }) => visitor).filter((visitor) => visitor !== ""))];
		const tallied = await db
			.select({ visitor: comments.visitor, state: comments.state, count: count() })
			.from(comments)
			.where(sql`${comments.visitor} IN (SELECT value FROM json_each(${JSON.stringify(visitors)}))`)
			.groupBy(comments.visitor, comments.state);
		return found.map(({ pinnedId, parentId, parentName, parentSource, findings, ...comment }) => ({
			...comment,
			findings: findings ?? [],
			pinned: pinnedId === comment.id,
			parent: parentId === null ? null : { id: parentId, name: parentName ?? "", source: parentSource ?? "" },
			history: historyOf(tallied.filter(({ visitor }) => visitor === comment.visitor)),
		}));
	}

	return {
		async list(filter, limit) {
			// Held comments: the longest waiting first. All others: the latest first.
			const waiting = filter.state === "held";
			const order = waiting ? asc(comments.id) : desc(comments.id);
			const found = await rows(and(...conditions(filter, waiting)), order, limit + 1);
			const shown = await complete(found.slice(0, limit));
			return { comments: shown, next: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
		},

		async find(id) {
			const [comment] = await complete(await rows(eq(comments.id, id), asc(comments.id), 1));
			return comment ?? null;
		},

		async findAll(ids) {
			return complete(await rows(idsAre(ids), asc(comments.id), ids.length));
		},

		async countHeld() {
			const [row] = await db.select({ count: count() }).from(comments).where(sql`state = 'held'`);
			return row?.count ?? 0;
		},
	};
}

function conditions(filter: QueueFilter, waiting: boolean): (SQL | undefined)[] {
	const { state, postId, visitor, words, from, to, after } = filter;
	return [
		// Written exactly as in the partial index, which SQLite then uses.
		waiting ? sql`comments.state = 'held'` : state === null ? undefined : eq(comments.state, state),
		postId === null ? undefined : eq(comments.postId, postId),
		visitor === null ? undefined : eq(comments.visitor, visitor),
		from === null ? undefined : gte(comments.createdAt, from),
		to === null ? undefined : lt(comments.createdAt, to),
		after === null ? undefined : waiting ? gt(comments.id, after) : lt(comments.id, after),
		words.length === 0 ? undefined : containsWords(everything, words.map(spellingsOf)),
	];
}

/** The searched text: everything a commenter typed. */
const everything = sql`comments.name || char(10) || coalesce(comments.email, '') || char(10)
	|| coalesce(comments.website, '') || char(10) || comments.source`;

function historyOf(
	tallied: readonly { state: ModeratedComment["state"]; count: number }[],
): CommenterHistory {
	const history = { published: 0, held: 0, spam: 0, deleted: 0 };
	for (const { state, count } of tallied) history[state] = count;
	return history;
}
