import { type CommentState, commentStates } from "../comments/comment.ts";
import { firstVersion } from "../comments/repository.ts";
import { type AuditContext, type AuditEntry, isUndoable } from "./audit-log.ts";
import type { BlockTarget } from "./blocks.ts";
import type { Change } from "./changes.ts";
import { blockChange, editChange, type ModerationStore } from "./operations.ts";
import { pauseIn } from "./pauses.ts";
import { readSettings } from "./settings.ts";

type Store = Pick<ModerationStore, "changes" | "log" | "queue" | "commenters" | "settings" | "pauses">;

/**
 * Undoes an operation, last entry first, wherever nothing has changed since. Returns false when it is already undone or
 * irreversible. Undoing is an operation of its own.
 */
export async function undo(store: Store, operation: string, context: AuditContext): Promise<boolean> {
	const entries = (await store.log.findByOperation(operation)).filter(isUndoable);
	if (entries.length === 0) return false;
	const blocked = targetsOf(entries, "blocked", "after");
	const unblocked = targetsOf(entries, "unblocked", "before");
	const reverted: Change[] = [
		...(entries.some(({ kind }) => kind === "rechecked")
			? [{ is: "recheck_reversal", operation } as const]
			: []),
		...stateChanges(entries),
		...(blocked.length > 0 ? [{ is: "unblock", blocks: blocked } as const] : []),
		...(unblocked.length > 0 ? [blockChange(unblocked)] : []),
	];
	for (const entry of entries.toReversed()) reverted.push(...(await changesOf(store, entry)));
	return store.changes.undo(operation, reverted, context);
}

/** Reverts equal changes of state in one statement: a request may make fifty, and a page has thirty comments. */
function stateChanges(entries: readonly AuditEntry[]): Change[] {
	const groups = Map.groupBy(
		entries.filter(({ kind }) => kind === "decided"),
		({ before, after }) => `${before} ${after}`,
	);
	return [...groups.values()].flatMap((group): Change[] => {
		const [first] = group;
		if (first === undefined || !isState(first.before) || !isState(first.after)) return [];
		const versions = group.flatMap(({ commentId, version }): [number, number][] =>
			commentId === null ? [] : [[commentId, version ?? firstVersion]],
		);
		// Restores only text that was public before; an edit made since has to be read first.
		const seen = first.before === "published" ? { seen: new Map(versions) } : {};
		const ids = versions.map(([id]) => id);
		return [{ is: "decision", ids, state: first.before, from: first.after, ...seen }];
	});
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

/** Returns the changes that revert an entry about one thing. */
async function changesOf(store: Store, entry: AuditEntry): Promise<readonly Change[]> {
	const { commentId, postId, before } = entry;
	switch (entry.kind) {
		case "edited": {
			if (commentId === null) return [];
			// In this order, so that an edit between the two is found by the second.
			const comment = await store.queue.find(commentId);
			const replaced = await store.commenters.versionBefore(commentId, entry.operation);
			return comment === null || replaced === null
				? []
				: [await editChange(commentId, comment.version, replaced)];
		}
		case "closed":
		case "opened":
			return postId === null ? [] : [{ is: "close", postId, closed: entry.kind === "opened" }];
		case "pinned":
		case "unpinned": {
			const from = entry.kind === "pinned" ? commentId : null;
			return postId === null
				? []
				: [{ is: "pin", postId, commentId: before === null ? null : Number(before), from }];
		}
		case "settings_changed": {
			const settings = before === null ? null : readSettings(JSON.parse(before));
			const stored = await store.settings.load();
			return settings === null || JSON.stringify(stored.settings) !== entry.after
				? []
				: [{ is: "settings", settings, before: stored.settings, version: stored.version }];
		}
		case "reports_dismissed":
			return commentId === null ? [] : [{ is: "reports", ids: [commentId], restores: entry.createdAt }];
		case "moved":
			return postId === null || before === null ? [] : [{ is: "move", from: postId, to: before, back: true }];
		case "all_held":
		case "all_closed":
		case "all_reopened": {
			const { pause, version } = await store.pauses.load();
			const isUnchanged = JSON.stringify(pause) === JSON.stringify(pauseIn(entry.after));
			return isUnchanged ? [{ is: "pause", pause: pauseIn(before), version }] : [];
		}
		default:
			return [];
	}
}

function isState(value: string | null): value is CommentState {
	return value !== null && (commentStates as readonly string[]).includes(value);
}
