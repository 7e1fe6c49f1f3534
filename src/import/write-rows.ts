import { nameSkeletons } from "../comments/names.ts";
import type { ImportedRow, ImportedRowRepository } from "../db/imported-rows.ts";
import type { Progress } from "./collect.ts";
import type { RowKind, RowRecord } from "./record.ts";
import type { Spool, SpooledRecord } from "./spool.ts";

/** Options of writing rows. */
export type RowOptions = {
	/** The database to read; null for a plan without one. */
	repository: ImportedRowRepository | null;
	apply: boolean;
	/** Whether e-mail addresses come along. Subscriptions and verified names are nothing without. */
	emails: boolean;
	/** Most rows in a batch. */
	batch: number;
	progress: Progress;
	signal: AbortSignal;
};

/** A row that is going to be written. */
type PlannedRow = {
	n: number;
	at: number | null;
	row: ImportedRow;
	/** Why it is not written unless it is here already; null if it is. */
	refusal: string | null;
};

/**
 * Writes the rows of one kind of edgecat's own export, in the order of the file. What people have taken back here since an
 * earlier import must not return, and leaves no trace: so each kind has a checkpoint, up to which nothing is added again.
 */
export async function writeRows(spool: Spool, kind: RowKind, options: RowOptions): Promise<void> {
	const { repository, apply, batch, progress, signal } = options;
	const ends = batchEnds(spool, kind);
	const checkpoints = new Map<string, number>();
	let pending: PlannedRow[] = [];
	let done = 0;
	const flush = async (source: string) => {
		const until = Math.max(...pending.map(({ at }) => at ?? Number.NEGATIVE_INFINITY));
		const rows = pending.map(({ row }) => row);
		const present = (await repository?.present(kind, rows)) ?? new Set();
		const added = rows.filter((_, at) => !present.has(at) && pending[at]?.refusal === null);
		const checkpoint = Number.isFinite(until) ? { source, until } : null;
		if (apply) await repository?.add(kind, added, checkpoint);
		for (const [at, { n, refusal }] of pending.entries()) {
			if (present.has(at)) spool.settle(n, "present");
			else if (refusal === null) spool.settle(n, "written");
			else spool.settle(n, "reported", refusal);
		}
		done += pending.length;
		progress("Other rows", done);
		pending = [];
	};
	let last = "";
	for (const spooled of spool.rows(kind)) {
		signal.throwIfAborted();
		const { n, source, record } = spooled;
		if (source !== last) {
			if (pending.length > 0) await flush(last);
			last = source;
			checkpoints.clear();
			for (const [each, until] of (await repository?.checkpoints(source)) ?? []) checkpoints.set(each, until);
		}
		const until = checkpoints.get(kind);
		if (until !== undefined && record.at !== null && record.at <= until) {
			spool.settle(n, "present");
			continue;
		}
		const planned = await planRow(spooled, spool, options);
		if ("reason" in planned) spool.settle(n, "reported", planned.reason);
		else pending.push({ n, at: record.at, refusal: null, ...planned });
		if (pending.length >= batch && ends.has(n)) await flush(source);
	}
	if (pending.length > 0) await flush(last);
}

/** Returns the rows after which a batch may end: all that follow are later, so that a checkpoint tells them apart. */
function batchEnds(spool: Spool, kind: RowKind): Set<number> {
	const select = spool.db.prepare(`SELECT n FROM (
			SELECT n, max(at) OVER (ORDER BY n) AS latest,
				min(at) OVER (ORDER BY n ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next
			FROM (SELECT n, coalesce(body ->> '$.at', n) AS at FROM records WHERE class = :kind AND outcome IS NULL)
		) WHERE next IS NULL OR next > latest`);
	const ends = new Set<number>();
	for (const row of select.iterate({ kind })) ends.add((row as { n: number }).n);
	return ends;
}

async function planRow(
	spooled: SpooledRecord<RowRecord>,
	spool: Spool,
	{ emails }: RowOptions,
): Promise<{ row: ImportedRow; refusal?: string } | { reason: string }> {
	const { source, record } = spooled;
	const { as, comment, visitor, fields } = record;
	if (!emails && (as === "subscription" || as === "reader")) {
		return { reason: "has an e-mail address; add --emails to import it." };
	}
	if (visitor !== "" && isErased(spool, visitor))
		return { reason: "is of somebody who was erased here; left out." };
	const here = comment === null ? null : numberOf(spool, source, comment);
	if (as === "erasure") return planErasure(spooled, spool, here);
	if (comment !== null && here === null && as !== "decision" && as !== "thread") {
		return { reason: `is on comment ${comment}, which is left out.` };
	}
	const row = { ...fields, comment: here ?? 0 };
	if (as === "decision" && comment !== null) {
		if (here === null) return { reason: `is about comment ${comment}, which is left out.` };
		// Undoing it would change a comment by a number that is another one's here.
		return { row: here === comment ? row : { ...row, operation: "" } };
	}
	if (as !== "reader") return { row };
	const [skeleton, folded] = await nameSkeletons(String(fields.name));
	return { row: { ...row, skeleton, folded } };
}

/** Plans the tombstone of a comment, whose number may be another one's here. */
function planErasure(
	spooled: SpooledRecord<RowRecord>,
	spool: Spool,
	here: number | null,
): { row: ImportedRow; refusal?: string } {
	const { source, record } = spooled;
	const { fields, comment } = record;
	if (comment === null) return { row: fields };
	const select = "SELECT outcome FROM records WHERE class = 'comment' AND source = :source AND id = :id";
	const row = spool.prepare(select).get({ source, id: String(comment) }) as { outcome: string } | undefined;
	if (row === undefined) return { row: fields };
	if (here === null) return { row: { ...fields, source, id: String(comment) } };
	const refusal = `tells that comment ${here} was erased where it is from, and it is still here; erase it here, too.`;
	return { row: { ...fields, id: String(here) }, ...(row.outcome === "present" ? { refusal } : {}) };
}

/** Returns the number that a comment of the export has here, or null if it is left out. */
function numberOf(spool: Spool, source: string, comment: number): number | null {
	const select = `SELECT comment_id AS id FROM comments JOIN records USING (n)
		WHERE class = 'comment' AND source = :source AND id = :id`;
	const row = spool.prepare(select).get({ source, id: String(comment) }) as { id: number | null } | undefined;
	return row?.id ?? null;
}

function isErased(spool: Spool, visitor: string): boolean {
	return (
		spool.prepare("SELECT 1 FROM erased_visitors WHERE visitor = :visitor").get({ visitor }) !== undefined
	);
}
