import type { D1Database } from "@cloudflare/workers-types";
import type { CommentState } from "../comments/comment.ts";
import type { CommentRepository, WaitingComment } from "../comments/repository.ts";
import { commandLine } from "../moderation/log.ts";
import { printable, printableLines } from "./terminal.ts";

/** What the queue of waiting comments can be asked. */
export type QueueOrder = { action: "list" } | { action: "approve" | "delete"; id: number; reason: string };

/** What the list shows of a waiting comment. */
export type Waiting = Pick<WaitingComment, "id" | "createdAt" | "postId" | "name" | "source">;

/** A comment as it stands before it is decided about. */
export type Found = Pick<Waiting, "name" | "source"> & { state: CommentState; editedAt: number | null };

/** What it works on: the conversation, one comment as it is (null when there is none), and the time. */
export type Queue = {
	comments: { waiting(limit: number): Promise<readonly Waiting[]> } & Pick<CommentRepository, "decide">;
	find(id: number): Promise<Found | null>;
	now(): number;
};

/** Carries an order out. The text says what was done, or when not `ok`, why nothing was. */
export async function workQueue(order: QueueOrder, queue: Queue): Promise<{ ok: boolean; says: string }> {
	if (order.action === "list")
		return { ok: true, says: listed(await queue.comments.waiting(mostListed + 1)) };
	const { action, id, reason } = order;
	const found = await queue.find(id);
	if (found === null) return { ok: false, says: `There is no comment ${id}. ${seeList}` };
	const obstacle = obstacles[action][found.state];
	if (obstacle !== undefined) return { ok: false, says: `Comment ${id} ${obstacle}. ${seeList}` };
	const state = action === "approve" ? "published" : "deleted";
	const decision = { madeBy: commandLine, reason, at: queue.now(), act: crypto.randomUUID() };
	const seen = new Map([[id, found.editedAt]]);
	const decided = await queue.comments.decide([id], state, { ...decision, seen });
	return decided.length > 0
		? { ok: true, says: done(id, state, found) }
		: { ok: false, says: `Comment ${id} was changed by someone else a moment ago, and is as they left it.` };
}

/** Reads a comment straight from its row; the repository only knows what readers may see. */
export function findIn(d1: D1Database): Queue["find"] {
	const statement = d1.prepare(
		"SELECT state, name, source, edited_at AS editedAt FROM comments WHERE id = ?",
	);
	return (id) => statement.bind(id).first<Found>();
}

const mostListed = 100;

const seeList = "npm run comments -- list shows those that wait.";

/** The states an action cannot start from, as they are said; it can from every other. */
const obstacles: Record<"approve" | "delete", Partial<Record<CommentState, string>>> = {
	approve: { published: "is already published", deleted: "was deleted and stays so" },
	delete: { deleted: "is already deleted" },
};

/** Words that are public now are shown: their author may have changed them since they were listed. */
function done(id: number, state: CommentState, { name, source }: Found): string {
	const sentence = `Comment ${id} by ${printable(name)} is ${state}`;
	return state === "published" ? `${sentence}:\n${printableLines(source, "    ")}` : `${sentence}.`;
}

function listed(waiting: readonly Waiting[]): string {
	if (waiting.length === 0) return "No comment waits for approval.";
	const shown = waiting.slice(0, mostListed).map(({ id, createdAt, postId, name, source }) => {
		const heading = [id, minute(createdAt), printable(postId), printable(name)].join("  ");
		return `${heading}\n${printableLines(source, "    ")}\n`;
	});
	const more = waiting.length > mostListed ? [`These are the oldest ${mostListed}; more wait.`] : [];
	return [...shown, ...more, "To publish one: npm run comments -- approve ID"].join("\n");
}

/** As `2026-11-22 21:07Z`. */
function minute(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")}Z`;
}
