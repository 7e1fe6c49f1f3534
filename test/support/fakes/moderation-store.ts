import type { Decision } from "../../../src/comments/repository.ts";
import type { AuditEntry, NewAuditEntry } from "../../../src/moderation/audit-log.ts";
import type { Block, BlockTarget } from "../../../src/moderation/blocks.ts";
import type { EditedText } from "../../../src/moderation/commenters.ts";
import type { CommentText, ModerationStore } from "../../../src/moderation/operations.ts";
import type { ModeratedComment } from "../../../src/moderation/queue.ts";
import { initialSettings, type Settings } from "../../../src/moderation/settings.ts";
import { fake } from "./fake.ts";

/** The contents of a moderation store in memory, and the calls that a test looks at. */
export type ModerationMemory = {
	entries: AuditEntry[];
	blocks: BlockTarget[];
	comments: ModeratedComment[];
	closedAt: number | null;
	pinnedId: number | null;
	settings: Settings;
	decisions: { ids: readonly number[]; state: string; decision: Decision }[];
	edits: { id: number; text: EditedText }[];
	/** Earlier versions of the comment, oldest first, each with the operation that replaced it. */
	revisions: { operation: string; text: CommentText }[];
	/** Names of the calls to the rechecks, in order. */
	rechecks: string[];
};

/** A moderation store in memory: everything that an operation and its undoing read and change. */
export function moderationStoreInMemory(): { store: ModerationStore; memory: ModerationMemory } {
	const memory: ModerationMemory = {
		entries: [],
		blocks: [],
		comments: [],
		closedAt: null,
		pinnedId: null,
		settings: initialSettings,
		decisions: [],
		edits: [],
		revisions: [],
		rechecks: [],
	};
	const isSame = (a: Pick<Block, "kind" | "value">) => (b: Pick<Block, "kind" | "value">) =>
		a.kind === b.kind && a.value === b.value;
	const store = fake<ModerationStore>({
		log: fake<ModerationStore["log"]>({
			record: async (...entries) => void memory.entries.push(...entries.map(storedEntry)),
			findByOperation: async (operation) => memory.entries.filter((entry) => entry.operation === operation),
			async markUndone(operation, at) {
				const open = memory.entries.filter(
					(entry) => entry.operation === operation && entry.undoneAt === null,
				);
				for (const entry of open) entry.undoneAt = at;
				return open.length > 0;
			},
		}),
		comments: fake<ModerationStore["comments"]>({
			async decide(ids, state, decision) {
				memory.decisions.push({ ids, state, decision });
				return ids;
			},
		}),
		queue: fake<ModerationStore["queue"]>({
			find: async (id) => memory.comments.find((comment) => comment.id === id) ?? null,
		}),
		commenters: fake<ModerationStore["commenters"]>({
			async edit(id, text) {
				memory.edits.push({ id, text });
				return true;
			},
			async versionBefore(_, operation) {
				const latest = memory.revisions.at(-1);
				return latest?.operation === operation ? latest.text : null;
			},
		}),
		blocks: fake<ModerationStore["blocks"]>({
			async add(blocks) {
				const added = blocks.filter((block) => !memory.blocks.some(isSame(block)));
				memory.blocks.push(...added);
				return added.map((block) => ({ ...block, id: 1 }));
			},
			async remove(blocks) {
				const removed = memory.blocks.filter((block) => blocks.some(isSame(block)));
				memory.blocks = memory.blocks.filter((block) => !removed.includes(block));
				return removed.map((block) => ({ ...block, id: 1, actor: "", reason: "", createdAt: 0 }));
			},
		}),
		threads: fake<ModerationStore["threads"]>({
			async setClosed(_, at) {
				const changes = (at === null) !== (memory.closedAt === null);
				memory.closedAt = at;
				return changes;
			},
			find: async () => ({ closedAt: memory.closedAt, pinnedId: memory.pinnedId }),
			async setPinned(_, id) {
				const changes = id !== memory.pinnedId;
				memory.pinnedId = id;
				return changes;
			},
		}),
		settings: fake<ModerationStore["settings"]>({
			load: async () => memory.settings,
			save: async (settings) => {
				memory.settings = settings;
			},
		}),
		rechecks: fake<ModerationStore["rechecks"]>({
			stop: async () => memory.rechecks.push("stop") > 0,
			revert: async () => void memory.rechecks.push("revert"),
		}),
	});
	return { store, memory };
}

/** An entry as the log returns it. */
export const storedEntry = ({ at, ...entry }: NewAuditEntry): AuditEntry => ({
	id: 1,
	commentId: null,
	postId: null,
	state: null,
	before: null,
	after: null,
	undoneAt: null,
	createdAt: at,
	...entry,
});
