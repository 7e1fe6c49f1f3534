import { type CommentState, commentStates } from "../comments/comment.ts";
import { type AuditEntry, isUndoable } from "./audit-log.ts";
import type { BlockTarget } from "./blocks.ts";
import {
	type AuditContext,
	block,
	changeSettings,
	edit,
	type ModerationStore,
	setClosed,
	setPinned,
	unblock,
} from "./operations.ts";
import { readSettings } from "./settings.ts";

/**
 * Undoes an operation, last entry first, wherever nothing has changed since. Returns false when it is already undone or
 * irreversible. Undoing is recorded as an operation of its own.
 */
export async function undo(
	store: ModerationStore,
	operation: string,
	context: AuditContext,
): Promise<boolean> {
	const entries = (await store.log.findByOperation(operation)).filter(isUndoable);
	const rechecked = entries.some(({ kind }) => kind === "rechecked");
	// A running recheck would add entries to the operation.
	if (rechecked) await store.rechecks.stop(context.at, operation);
	if (entries.length === 0 || !(await store.log.markUndone(operation, context.at))) return false;
	if (rechecked) await store.rechecks.revert(operation, context);
	await revertStates(store, entries, context);
	await unblock(store, targetsOf(entries, "blocked", "after"), context);
	await block(store, targetsOf(entries, "unblocked", "before"), context);
	for (const entry of entries.toReversed()) await revertEntry(store, entry, context);
	return true;
}

/** Reverts equal changes of state in one statement: a request may make fifty, and a page has thirty comments. */
async function revertStates(
	store: ModerationStore,
	entries: readonly AuditEntry[],
	context: AuditContext,
): Promise<void> {
	const groups = Map.groupBy(
		entries.filter(({ kind }) => kind === "decided"),
		({ before, after }) => `${before} ${after}`,
	);
	for (const group of groups.values()) {
		const [first] = group;
		if (first === undefined || !isState(first.before) || !isState(first.after)) continue;
		const ids = group.map(({ commentId }) => commentId).filter((id) => id !== null);
		// Restores only text that was public before; an edit made since has to be read first.
		const unread = first.before === "published" ? { unchangedSince: first.createdAt } : {};
		await store.comments.decide(ids, first.before, { ...context, ...unread, from: first.after });
	}
}

/** Returns the block targets of entries of a kind, where the log still has them. */
function targetsOf(
	entries: readonly AuditEntry[],
	kind: AuditEntry["kind"],
	side: "before" | "after",
): readonly BlockTarget[] {
	return entries
		.filter((entry) => entry.kind === kind)
		.map((entry) => entry[side])
		.filter((text) => text !== null)
		.map((text) => JSON.parse(text) as BlockTarget);
}

async function revertEntry(
	store: ModerationStore,
	entry: AuditEntry,
	context: AuditContext,
): Promise<unknown> {
	const { commentId, postId, before } = entry;
	switch (entry.kind) {
		case "edited": {
			if (commentId === null) return;
			const [comment, version] = await Promise.all([
				store.queue.find(commentId),
				store.commenters.versionBefore(commentId, entry.operation),
			]);
			return comment === null || version === null ? undefined : edit(store, comment, version, context);
		}
		case "closed":
		case "opened":
			return postId === null ? undefined : setClosed(store, postId, entry.kind === "opened", context);
		case "pinned":
		case "unpinned":
			return postId === null
				? undefined
				: setPinned(store, postId, before === null ? null : Number(before), context);
		case "settings_changed": {
			const settings = before === null ? null : readSettings(JSON.parse(before));
			return settings === null ? undefined : changeSettings(store, settings, context);
		}
	}
}

function isState(value: string | null): value is CommentState {
	return value !== null && (commentStates as readonly string[]).includes(value);
}
