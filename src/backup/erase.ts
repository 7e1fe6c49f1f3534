import type { DatabaseSync } from "node:sqlite";
import type { D1Database } from "@cloudflare/workers-types";
import { drizzle } from "drizzle-orm/d1";
import { redactComment, redactVisitor } from "../db/redaction.ts";
import type { Since } from "./since.ts";

/** The numbers of people and comments that were erased again, and of subscriptions and names that were ended again. */
export type ErasureCount = { people: number; comments: number; ended: number };

/**
 * Erases again whom and what the replaced database had erased since the backup, by the code that erased them first, and ends
 * what had ended. `d1` is the same database.
 */
export async function eraseAgain(
	{ database, d1 }: { database: DatabaseSync; d1: D1Database },
	{ isLater, tombstones, redacted, subscriptions, identities }: Since,
): Promise<ErasureCount> {
	const db = drizzle(d1);
	const erased: ErasureCount = { people: 0, comments: 0, ended: 0 };
	const erasedAt = new Map(
		tombstones
			.filter(({ source }) => source === "edgecat")
			.map(({ id, erased_at }) => [Number(id), erased_at]),
	);
	const visitorOf = database.prepare(
		"SELECT visitor, name FROM comments WHERE id = :id AND created_at = :created_at AND visitor <> ''",
	);
	for (const { id, created_at, name } of isLater ? redacted : []) {
		const own = visitorOf.get({ id, created_at });
		if (own === undefined) continue;
		const at = erasedAt.get(id);
		const renamed = at === undefined && name !== own.name ? { name } : {};
		const words = at === undefined ? ("kept" as const) : ("gone" as const);
		const redaction = {
			visitor: String(own.visitor),
			words,
			...renamed,
			actor: "author",
			at: at ?? Date.now(),
		};
		while (!(await redactVisitor(db, redaction)).complete);
		erased.people += 1;
	}
	const stillThere = database.prepare(
		"SELECT 1 FROM comments WHERE id = :id AND created_at <= :at AND (source <> '' OR name <> '')",
	);
	for (const [id, at] of erasedAt) {
		if (stillThere.get({ id, at }) === undefined) continue;
		await redactComment(db, id, at);
		erased.comments += 1;
	}
	const bury = database.prepare(
		"INSERT OR IGNORE INTO tombstones (source, id, erased_at) VALUES (:source, :id, :erased_at)",
	);
	for (const { source, id, erased_at } of tombstones) bury.run({ source, id, erased_at });
	if (isLater) {
		erased.ended += end(database, "subscriptions", subscriptions);
		erased.ended += end(database, "identities", identities);
	}
	return erased;
}

/** Deletes the rows of a table that are not among the given ones; triggers delete addresses nobody needs. */
function end(database: DatabaseSync, table: string, kept: ReadonlySet<number>): number {
	const sql = `DELETE FROM ${table} WHERE id NOT IN (SELECT value FROM json_each(:kept))`;
	return Number(database.prepare(sql).run({ kept: JSON.stringify([...kept]) }).changes);
}
