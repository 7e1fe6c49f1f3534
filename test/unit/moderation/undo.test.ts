import { beforeEach, describe, expect, it } from "vitest";
import type { AuditKind, NewAuditEntry } from "../../../src/moderation/audit-log.ts";
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
const did = (kind: AuditKind, entry: Partial<NewAuditEntry> = {}) =>
	memory.entries.push(storedEntry({ kind, operation, actor: "Ken", reason: "", at: 50, ...entry }));
const run = () => undo(store, operation, context);
const recorded = () =>
	memory.entries.filter((entry) => entry.operation === "the undoing").map(({ kind }) => kind);

describe("undoing an operation", () => {
	it("moves comments back, those that moved alike in one statement, wherever they still are", async () => {
		for (const commentId of [1, 2]) did("decided", { commentId, before: "held", after: "published" });
		did("decided", { commentId: 3, before: "published", after: "spam" });
		expect(await run()).toBe(true);
		expect(memory.decisions).toEqual([
			{ ids: [1, 2], state: "held", decision: { ...context, from: "published" } },
			{ ids: [3], state: "published", decision: { ...context, from: "spam", unchangedSince: 50 } },
		]);
	});

	it("happens once", async () => {
		did("decided", { commentId: 1, before: "held", after: "published" });
		expect(await run()).toBe(true);
		expect(await run()).toBe(false);
		expect(memory.decisions).toHaveLength(1);
	});

	it("happens once when two requests ask for it together", async () => {
		did("decided", { commentId: 1, before: "held", after: "published" });
		expect((await Promise.all([run(), run()])).sort()).toEqual([false, true]);
		expect(memory.decisions).toHaveLength(1);
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
		expect(memory.entries[0]?.undoneAt).toBeNull();
	});

	it("ignores a state that no comment can have", async () => {
		did("decided", { commentId: 1, before: null, after: "published" });
		expect(await run()).toBe(true);
		expect(memory.decisions).toEqual([]);
	});

	it("removes the blocks it added and adds those it removed, and records both", async () => {
		const [ann, bob] = ["ann", "bob"].map((value) => ({ kind: "visitor" as const, value, label: value }));
		if (ann !== undefined) memory.blocks.push(ann);
		did("blocked", { after: JSON.stringify(ann) });
		did("unblocked", { before: JSON.stringify(bob) });
		expect(await run()).toBe(true);
		expect(memory.blocks).toMatchObject([{ value: "bob" }]);
		expect(recorded()).toEqual(["unblocked", "blocked"]);
	});

	it("opens a thread that it closed, and closes one that it opened", async () => {
		memory.closedAt = 50;
		did("closed", { postId: "hello" });
		expect(await run()).toBe(true);
		expect([memory.closedAt, recorded()]).toEqual([null, ["opened"]]);
		memory.entries.length = 0;
		did("opened", { postId: "hello" });
		expect(await run()).toBe(true);
		expect([memory.closedAt, recorded()]).toEqual([100, ["closed"]]);
	});

	it("pins the comment that was pinned before", async () => {
		memory.pinnedId = 9;
		did("pinned", { postId: "hello", commentId: 9, before: "4" });
		await run();
		expect(memory.pinnedId).toBe(4);
		memory.entries.length = 0;
		did("pinned", { postId: "hello", commentId: 4 });
		await run();
		expect(memory.pinnedId).toBeNull();
	});

	it("restores the settings, unless what is stored is invalid", async () => {
		const before = { ...initialSettings, linkLimit: 2 };
		memory.settings = { ...initialSettings, linkLimit: 9 };
		did("settings_changed", { before: JSON.stringify(before) });
		did("settings_changed", { before: JSON.stringify({ linkLimit: "many" }) });
		expect(await run()).toBe(true);
		expect(memory.settings).toEqual(before);
	});

	it("reverts the last change first", async () => {
		const versions = [1, 2].map((linkLimit) => JSON.stringify({ ...initialSettings, linkLimit }));
		for (const before of versions) did("settings_changed", { before });
		await run();
		expect(memory.settings.linkLimit).toBe(1);
	});

	it("stops a recheck before it is marked undone, and reverts its changes", async () => {
		did("rechecked", { commentId: 1, before: "{}" });
		const { markUndone } = store.log;
		store.log.markUndone = async (...args) => {
			memory.rechecks.push("mark");
			return markUndone(...args);
		};
		expect(await run()).toBe(true);
		expect(memory.rechecks).toEqual(["stop", "mark", "revert"]);
	});
});

describe("undoing an edit", () => {
	const text = (source: string) => ({ name: "Ann", website: null, source });
	const comment = (source: string) =>
		fake<ModeratedComment>({ id: 1, postId: "hello", findings: [], ...text(source) });
	const didEdit = () => {
		did("edited", { commentId: 1 });
		memory.revisions.push({ operation, text: text("old") });
	};

	it("restores the text, and what is derived from it", async () => {
		memory.comments = [comment("new")];
		didEdit();
		expect(await run()).toBe(true);
		expect(memory.edits).toMatchObject([{ id: 1, text: { source: "old", html: "<p>old</p>" } }]);
		expect(recorded()).toEqual(["edited"]);
	});

	it("leaves a text that was edited again", async () => {
		memory.comments = [comment("newer")];
		didEdit();
		memory.revisions.push({ operation: "another edit", text: text("new") });
		await run();
		expect(memory.edits).toEqual([]);
	});

	it("leaves a comment that is gone, and one whose earlier versions were erased", async () => {
		didEdit();
		await run();
		memory.entries.length = 0;
		memory.revisions.length = 0;
		memory.comments = [comment("new")];
		did("edited", { commentId: 1 });
		await run();
		expect(memory.edits).toEqual([]);
	});
});
