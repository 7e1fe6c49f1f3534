import type { AuditContext, AuditEntry, NewAuditEntry } from "../../../src/moderation/audit-log.ts";
import type { Change } from "../../../src/moderation/changes.ts";
import type { CommentText, ModerationStore } from "../../../src/moderation/operations.ts";
import type { StoredPause } from "../../../src/moderation/pauses.ts";
import type { ModeratedComment } from "../../../src/moderation/queue.ts";
import { initialSettings, type Settings } from "../../../src/moderation/settings.ts";
import { fake } from "./fake.ts";

/** The contents of a moderation store in memory, and the operations that a test looks at. */
export type ModerationMemory = {
	entries: AuditEntry[];
	comments: ModeratedComment[];
	settings: { settings: Settings; version: number };
	pause: StoredPause;
	/** Earlier versions of the comment, oldest first, each with the operation that replaced it. */
	revisions: { operation: string; text: CommentText }[];
	/** The operations to undo, with the changes that do. */
	undone: { operation: string; changes: readonly Change[]; context: AuditContext }[];
};

/** A moderation store in memory: everything that undoing an operation reads. */
export function moderationStoreInMemory(): { store: ModerationStore; memory: ModerationMemory } {
	const memory: ModerationMemory = {
		entries: [],
		comments: [],
		settings: { settings: initialSettings, version: 0 },
		pause: { pause: null, version: 0 },
		revisions: [],
		undone: [],
	};
	const store = fake<ModerationStore>({
		changes: fake<ModerationStore["changes"]>({
			async undo(operation, changes, context) {
				const open = memory.entries.filter(
					(entry) => entry.operation === operation && entry.undoneAt === null,
				);
				for (const entry of open) entry.undoneAt = context.at;
				if (open.length > 0) memory.undone.push({ operation, changes, context });
				return open.length > 0;
			},
		}),
		log: fake<ModerationStore["log"]>({
			findByOperation: async (operation) => memory.entries.filter((entry) => entry.operation === operation),
		}),
		pauses: { load: async () => memory.pause },
		queue: fake<ModerationStore["queue"]>({
			find: async (id) => memory.comments.find((comment) => comment.id === id) ?? null,
		}),
		commenters: fake<ModerationStore["commenters"]>({
			async versionBefore(_, operation) {
				const latest = memory.revisions.at(-1);
				return latest?.operation === operation ? latest.text : null;
			},
		}),
		settings: fake<ModerationStore["settings"]>({ load: async () => memory.settings }),
	});
	return { store, memory };
}

/** An entry as the log returns it. */
export const storedEntry = ({
	at,
	...entry
}: NewAuditEntry & Partial<Pick<AuditEntry, "commentId" | "version">>): AuditEntry => ({
	id: 1,
	commentId: null,
	postId: null,
	state: null,
	before: null,
	after: null,
	undoneAt: null,
	version: null,
	createdAt: at,
	...entry,
});
