import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { type CommentState, commentStates } from "../comments/comment.ts";
import type { CommentRepository, HeldComment } from "../comments/repository.ts";
import { row, statement } from "../db/statement.ts";
import { commandLineActor } from "../moderation/audit-log.ts";
import { printable, printableLines } from "./terminal.ts";

/** A command on the moderation queue. */
export type QueueCommand = { action: "list" } | { action: "approve" | "delete"; id: number; reason: string };

/** A waiting comment, as listed. */
export type ListedComment = Pick<HeldComment, "id" | "createdAt" | "postId" | "name" | "source">;

/** A comment as found before a decision. */
export type FoundComment = Pick<ListedComment, "name" | "source"> & {
	state: CommentState;
	version: number;
};

/** The dependencies of a command: comments, one comment by id (null if there is none), and the time. */
export type Queue = {
	comments: { listHeld(limit: number): Promise<readonly ListedComment[]> } & Pick<
		CommentRepository,
		"decide"
	>;
	find(id: number): Promise<FoundComment | null>;
	now(): number;
};

/** Runs a command. The message says what was done or, if not `ok`, why nothing was. */
export async function runQueueCommand(
	command: QueueCommand,
	queue: Queue,
): Promise<{ ok: boolean; message: string }> {
	if (command.action === "list")
		return { ok: true, message: listing(await queue.comments.listHeld(maxListed + 1)) };
	const { action, id, reason } = command;
	const found = await queue.find(id);
	if (found === null) return { ok: false, message: `There is no comment ${id}. ${listHint}` };
	const refusal = refusals[action][found.state];
	if (refusal !== undefined) return { ok: false, message: `Comment ${id} ${refusal}. ${listHint}` };
	const state = action === "approve" ? "published" : "deleted";
	const decision = { actor: commandLineActor, reason, at: queue.now(), operation: crypto.randomUUID() };
	const seen = new Map([[id, found.version]]);
	const decided = await queue.comments.decide([id], state, { ...decision, seen });
	return decided.length > 0
		? { ok: true, message: resultMessage(id, state, found) }
		: { ok: false, message: `Comment ${id} was changed by someone else in the meantime; nothing was done.` };
}

const findComment = statement<{ id: number }, FoundComment>(
	"SELECT state, name, source, version FROM comments WHERE id = :id",
	row({ state: v.picklist(commentStates), name: v.string(), source: v.string(), version: v.number() }),
);

/** Finds a comment in any state; the repository finds only public ones. */
export function commentFinder(d1: D1Database): Queue["find"] {
	return (id) => findComment.first(d1, { id });
}

const maxListed = 100;

const listHint = "Run npm run comments -- list to see the waiting comments.";

/** The states in which an action is refused, with the message. */
const refusals: Record<"approve" | "delete", Partial<Record<CommentState, string>>> = {
	approve: { published: "is already published", deleted: "is deleted" },
	delete: { deleted: "is already deleted" },
};

/** Shows the text of a published comment, since its author may have edited it after it was listed. */
function resultMessage(id: number, state: CommentState, { name, source }: FoundComment): string {
	const sentence = `Comment ${id} by ${printable(name)} is ${state}`;
	return state === "published" ? `${sentence}:\n${printableLines(source, "    ")}` : `${sentence}.`;
}

function listing(waiting: readonly ListedComment[]): string {
	if (waiting.length === 0) return "No comments waiting.";
	const shown = waiting.slice(0, maxListed).map(({ id, createdAt, postId, name, source }) => {
		const heading = [id, formatTime(createdAt), printable(postId), printable(name)].join("  ");
		return `${heading}\n${printableLines(source, "    ")}\n`;
	});
	const more = waiting.length > maxListed ? [`Only the oldest ${maxListed} are shown.`] : [];
	return [...shown, ...more, "To approve one: npm run comments -- approve ID"].join("\n");
}

/** Formats a time as `2026-11-22 21:07Z`. */
function formatTime(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")}Z`;
}
