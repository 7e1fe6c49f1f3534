// SQL text: one batch of statements of several repositories, some of which are ready-made.
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { type AuditContext, type AuditKind, auditKinds } from "../moderation/audit-log.ts";
import type { Change, ChangeRepository } from "../moderation/changes.ts";
import { logEntries } from "./audit-log.ts";
import { blockStatements, unblockStatements } from "./blocks.ts";
import { editStatements } from "./commenters.ts";
import { decideStatements } from "./comments.ts";
import { moveStatements } from "./moved-threads.ts";
import { insertStatement } from "./new-comments.ts";
import { pauseStatements } from "./pauses.ts";
import { reversalStatements } from "./rechecks.ts";
import { reportStatements } from "./reports.ts";
import { settingsStatements } from "./settings.ts";
import { prepareQuery, row, statement } from "./statement.ts";
import { closeStatements, pinStatements } from "./threads.ts";

const selectWritten = statement<{ operation: string }, { kind: AuditKind; commentId: number | null }>(
	"SELECT kind, comment_id AS commentId FROM audit_log WHERE operation = :operation AND operation <> '' ORDER BY id",
	row({ kind: v.picklist(auditKinds), commentId: v.nullable(v.number()) }),
);

const markUndone = statement<{ operation: string; at: number }>(
	`UPDATE audit_log SET undone_at = :at WHERE operation = :operation AND operation <> '' AND undone_at IS NULL`,
);

/** Stores moderators' changes in D1. An operation is one batch, in which every entry has the condition of its change. */
export function changeRepository(d1: D1Database): ChangeRepository {
	const db = drizzle(d1);

	const statementsOf = (changes: readonly Change[], context: AuditContext) =>
		changes.flatMap((change) => toStatements(d1, db, change, context));

	return {
		async apply(changes, context) {
			const { operation } = context;
			const results = await d1.batch([
				...statementsOf(changes, context),
				selectWritten.bind(d1, { operation }),
			]);
			return selectWritten.rows(results.at(-1));
		},

		async undo(operation, changes, context) {
			const [marked] = await d1.batch([
				markUndone.bind(d1, { operation, at: context.at }),
				...statementsOf(changes, context),
			]);
			return (marked?.meta.changes ?? 0) > 0;
		},
	};
}

/** Returns the statements of a change and its audit entries. */
function toStatements(
	d1: D1Database,
	db: DrizzleD1Database,
	change: Change,
	context: AuditContext,
): D1PreparedStatement[] {
	const prepared = (queries: readonly Parameters<typeof prepareQuery>[1][]) =>
		queries.map((query) => prepareQuery(d1, query));
	switch (change.is) {
		case "decision": {
			const { is: _, ids, state, ...conditions } = change;
			return prepared(decideStatements(db, ids, state, { ...context, ...conditions }));
		}
		case "block":
			return prepared(blockStatements(db, change.targets, context));
		case "unblock":
			return prepared(unblockStatements(db, change.blocks, context));
		case "edit":
			return prepared(editStatements(db, change, context));
		case "reply":
			return [
				insertStatement(d1, change.comment),
				...prepared([
					// A form sent twice has one operation id, which is the reply's fingerprint.
					logEntries(
						db,
						{ ...context, kind: "replied" },
						{ commentId: sql`id`, postId: sql`post_id` },
						sql`comments WHERE fingerprint = ${context.operation} AND by_author AND NOT EXISTS (
							SELECT 1 FROM audit_log WHERE operation = ${context.operation} AND kind = 'replied'
						)`,
					),
				]),
			];
		case "close":
			return prepared(closeStatements(db, change, context));
		case "pin":
			return prepared(pinStatements(db, change, context));
		case "settings":
			return prepared(settingsStatements(db, change, context));
		case "pause":
			return prepared(pauseStatements(db, change, context));
		case "move":
			return moveStatements(d1, db, change, context);
		case "reports":
			return reportStatements(d1, db, change, context);
		case "recheck_reversal":
			return reversalStatements(d1, change.operation, context);
	}
}
