import type { D1Database } from "@cloudflare/workers-types";
import { and, asc, count, desc, eq, gt, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { alias } from "drizzle-orm/sqlite-core";
import {
	type ModeratedComment,
	type ModerationQueue,
	maxHeldCount,
	maxSpamCount,
	type QueueFilter,
	spellingsOf,
} from "../moderation/queue.ts";
import { idsAre } from "./audit-log.ts";
import { containsWords } from "./caseless.ts";
import { noHistory, readHistories } from "./commenter-history.ts";
import { countReported, isReported, readReports } from "./reports.ts";
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
		const published = found.filter(({ state }) => state === "published").map(({ id }) => id);
		const [histories, reports] = await Promise.all([readHistories(d1, found), readReports(d1, published)]);
		return found.map(({ pinnedId, parentId, parentName, parentSource, findings, ...comment }) => ({
			...comment,
			findings: findings ?? [],
			pinned: pinnedId === comment.id,
			parent: parentId === null ? null : { id: parentId, name: parentName ?? "", source: parentSource ?? "" },
			reports: reports.get(comment.id) ?? { count: 0, reasons: [] },
			history: histories.get(comment.visitor) ?? noHistory,
		}));
	}

	/** Returns where a search ends that looks at a bounded number of comments, and where the next one continues. */
	async function lastLookedAt(indexed: SQL | undefined, order: SQL, waiting: boolean) {
		const looked = db
			.select({ id: comments.id })
			.from(comments)
			.where(indexed)
			.orderBy(order)
			.limit(searchLimit)
			.as("looked");
		const last = waiting ? sql<number | null>`max(${looked.id})` : sql<number | null>`min(${looked.id})`;
		const [row] = await db.select({ last, count: count() }).from(looked);
		if (row === undefined || row.last === null) return null;
		return {
			condition: waiting ? lte(comments.id, row.last) : gte(comments.id, row.last),
			next: row.count < searchLimit ? null : row.last,
		};
	}

	return {
		async list(filter, limit) {
			// Held comments: the longest waiting first. All others: the latest first.
			const waiting = filter.state === "held";
			const order = waiting ? asc(comments.id) : desc(comments.id);
			const indexed = and(...indexedConditions(filter, waiting));
			const further = furtherConditions(filter);
			const until = further.length === 0 ? null : await lastLookedAt(indexed, order, waiting);
			const found = await rows(and(indexed, until?.condition, ...further), order, limit + 1);
			const shown = await complete(found.slice(0, limit));
			const next = found.length > limit ? shown.at(-1)?.id : until?.next;
			return { comments: shown, next: next ?? null };
		},

		async find(id) {
			const [comment] = await complete(await rows(eq(comments.id, id), asc(comments.id), 1));
			return comment ?? null;
		},

		async findAll(ids) {
			return complete(await rows(idsAre(ids), asc(comments.id), ids.length));
		},

		countReported: () => countReported(d1, maxHeldCount),

		async countSpam() {
			const rule = sql<string>`coalesce((
				SELECT value ->> 'rule' FROM json_each(comments.findings) WHERE value ->> 'verdict' = 'spam' LIMIT 1
			), '')`.as("rule");
			const found = db
				.select({ rule })
				.from(comments)
				// The first condition is that of the partial index, which SQLite then uses.
				.where(sql`comments.state <> 'published' AND comments.state = 'spam' AND comments.source <> ''`)
				.limit(maxSpamCount)
				.as("spam");
			return db
				.select({ rule: found.rule, count: count() })
				.from(found)
				.groupBy(sql`rule`)
				.orderBy(desc(count()), sql`rule`);
		},

		async countHeld() {
			const held = db
				.select({ id: comments.id })
				.from(comments)
				.where(sql`state = 'held'`)
				.limit(maxHeldCount)
				.as("held");
			const [row] = await db.select({ count: count() }).from(held);
			return row?.count ?? 0;
		},
	};
}

/** Comments that one search looks at. */
const searchLimit = 2500;

/** The conditions that an index answers in the order of ids: a visitor, or a state that is not published. */
function indexedConditions(
	{ visitor, state, after, reported }: QueueFilter,
	waiting: boolean,
): (SQL | undefined)[] {
	return [
		reported ? sql.raw(isReported.replaceAll(/\b(state|id) (=|IN)/g, "comments.$1 $2")) : undefined,
		visitor !== null
			? eq(comments.visitor, visitor)
			: state === null || state === "published"
				? undefined
				: // The first condition is that of the partial index, which SQLite then uses.
					and(sql`comments.state <> 'published'`, eq(comments.state, state)),
		after === null ? undefined : waiting ? gt(comments.id, after) : lt(comments.id, after),
	];
}

/** The conditions that are checked on each comment looked at. */
function furtherConditions({ visitor, state, postId, words, from, to }: QueueFilter): (SQL | undefined)[] {
	return [
		state !== null && (visitor !== null || state === "published") ? eq(comments.state, state) : undefined,
		postId === null ? undefined : eq(comments.postId, postId),
		from === null ? undefined : gte(comments.createdAt, from),
		to === null ? undefined : lt(comments.createdAt, to),
		words.length === 0 ? undefined : containsWords(everything, words.map(spellingsOf)),
	].filter((condition) => condition !== undefined);
}

/** The searched text: everything a commenter typed. */
const everything = sql`comments.name || char(10) || coalesce(comments.email, '') || char(10)
	|| coalesce(comments.website, '') || char(10) || comments.source`;
