import { beforeEach, describe, expect, it } from "vitest";
import type { AuditEntry, AuditKind } from "../../../src/moderation/audit-log.ts";
import type { ModerationStore } from "../../../src/moderation/operations.ts";
import type { ModeratedComment } from "../../../src/moderation/queue.ts";
import { initialSettings } from "../../../src/moderation/settings.ts";
import { undo } from "../../../src/moderation/undo.ts";
import { fake } from "../../support/fakes/fake.ts";
import {
	type ModerationMemory,
	moderationStoreInMemory,
	storedEntry,
} from "../../support/fakes/moderation-store.ts";

const context = { actor: "Mika", reason: "", at: 100, operation: "the undoing" };
const operation = "the operation";

let store: ModerationStore;
let memory: ModerationMemory;
beforeEach(() => {
	({ store, memory } = moderationStoreInMemory());
});

/** Records what the operation did. */
const did = (kind: AuditKind, entry: Partial<AuditEntry> = {}) =>
	memory.entries.push(
		...[storedEntry({ kind, operation, actor: "Ken", reason: "", at: 50 })].map((stored) => ({
			...stored,
			...entry,
		})),
	);
const run = () => undo(store, operation, context);
/** The changes by which the operation was undone, all in one call. */
const changes = () => {
	expect(memory.undone).toHaveLength(1);
	return memory.undone[0]?.changes;
};

describe("undoing an operation", () => {
	it("moves comments back, those that moved alike in one statement, wherever they still are", async () => {
		for (const commentId of [1, 2]) did("decided", { commentId, before: "held", after: "published" });
		did("decided", { commentId: 3, before: "published", after: "spam", version: 2 });
		expect(await run()).toBe(true);
		expect(changes()).toEqual([
			{ is: "decision", ids: [1, 2], state: "held", from: "published" },
			{ is: "decision", ids: [3], state: "published", from: "spam", seen: new Map([[3, 2]]) },
		]);
		expect(memory.undone[0]).toMatchObject({ operation, context });
	});

	it("happens once", async () => {
		did("decided", { commentId: 1, before: "held", after: "published" });
		expect(await run()).toBe(true);
		expect(await run()).toBe(false);
		expect(memory.undone).toHaveLength(1);
	});

	it("happens once when two requests ask for it together", async () => {
		did("decided", { commentId: 1, before: "held", after: "published" });
		expect((await Promise.all([run(), run()])).sort()).toEqual([false, true]);
		expect(memory.undone).toHaveLength(1);
	});

	it("is not possible for an operation that is unknown", async () => {
		expect(await run()).toBe(false);
	});

	it.each([
		"anonymized",
		"erased",
		"replied",
		"invited",
		"enrolled",
		"role_changed",
		"member_removed",
	] as const)("is not possible for an operation of the kind %s", async (kind) => {
		did(kind);
		expect(await run()).toBe(false);
		expect(memory.undone).toEqual([]);
	});

	it("ignores a state that no comment can have", async () => {
		did("decided", { commentId: 1, before: null, after: "published" });
		expect(await run()).toBe(true);
		expect(changes()).toEqual([]);
	});

	it("removes the blocks it added and adds those it removed", async () => {
		const [ann, bob] = ["ann", "bob"].map((value) => ({ kind: "visitor" as const, value, label: value }));
		did("blocked", { after: JSON.stringify(ann) });
		did("unblocked", { before: JSON.stringify(bob) });
		expect(await run()).toBe(true);
		expect(changes()).toEqual([
			{ is: "unblock", blocks: [ann] },
			{ is: "block", targets: [bob] },
		]);
	});

	it("opens a thread that it closed, and closes one that it opened", async () => {
		did("closed", { postId: "hello" });
		did("opened", { postId: "other" });
		expect(await run()).toBe(true);
		expect(changes()).toEqual([
			{ is: "close", postId: "other", closed: true },
			{ is: "close", postId: "hello", closed: false },
		]);
	});

	it("pins the comment that was pinned before, if the one it pinned still is", async () => {
		did("pinned", { postId: "hello", commentId: 9, before: "4" });
		did("unpinned", { postId: "other", commentId: 3, before: "3" });
		await run();
		expect(changes()).toEqual([
			{ is: "pin", postId: "other", commentId: 3, from: null },
			{ is: "pin", postId: "hello", commentId: 4, from: 9 },
		]);
	});

	it("restores the settings, unless what is stored is invalid", async () => {
		const before = { ...initialSettings, linkLimit: 2 };
		const after = { ...initialSettings, linkLimit: 9 };
		memory.settings = { settings: after, version: 3 };
		did("settings_changed", { before: JSON.stringify(before), after: JSON.stringify(after) });
		did("settings_changed", { before: JSON.stringify({ linkLimit: "many" }), after: JSON.stringify(after) });
		expect(await run()).toBe(true);
		expect(changes()).toEqual([{ is: "settings", settings: before, before: after, version: 3 }]);
	});

	it("leaves settings that were changed again", async () => {
		memory.settings = { settings: { ...initialSettings, linkLimit: 5 }, version: 4 };
		const [before, after] = [2, 9].map((linkLimit) => JSON.stringify({ ...initialSettings, linkLimit }));
		did("settings_changed", { before: before ?? null, after: after ?? null });
		await run();
		expect(changes()).toEqual([]);
	});

	it("stops a recheck and reverts its changes with the rest", async () => {
		did("rechecked", { commentId: 1, before: "{}" });
		expect(await run()).toBe(true);
		expect(changes()).toEqual([{ is: "recheck_reversal", operation }]);
	});
});

describe("undoing an edit", () => {
	const text = (source: string) => ({ name: "Ann", website: null, source });
	const comment = (source: string) =>
		fake<ModeratedComment>({ id: 1, postId: "hello", findings: [], version: 2, ...text(source) });
	const didEdit = () => {
		did("edited", { commentId: 1 });
		memory.revisions.push({ operation, text: text("old") });
	};

	it("restores the text, and what is derived from it, over the version that is there", async () => {
		memory.comments = [comment("new")];
		didEdit();
		expect(await run()).toBe(true);
		expect(changes()).toMatchObject([
			{ is: "edit", id: 1, version: 2, text: { source: "old", html: "<p>old</p>" } },
		]);
	});

	it("leaves a text that was edited again", async () => {
		memory.comments = [comment("newer")];
		didEdit();
		memory.revisions.push({ operation: "another edit", text: text("new") });
		await run();
		expect(changes()).toEqual([]);
	});

	it("leaves a comment that is gone, and one whose earlier versions were erased", async () => {
		didEdit();
		await run();
		memory.entries.length = 0;
		memory.revisions.length = 0;
		memory.comments = [comment("new")];
		did("edited", { commentId: 1 });
		await run();
		expect(memory.undone.map(({ changes }) => changes)).toEqual([[], []]);
	});
});
