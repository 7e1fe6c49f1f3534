import type { CommentState } from "../comments/comment.ts";
import { contentHash } from "../comments/content-hash.ts";
import { detectLanguage } from "../comments/language.ts";
import type { Pause } from "../comments/pause.ts";
import { renderComment } from "../comments/render-comment.ts";
import { type CommentRepository, firstVersion, type SeenVersions } from "../comments/repository.ts";
import type { RedactionResult } from "../comments/visitors.ts";
import type { AuditContext, AuditLog } from "./audit-log.ts";
import type { Block, BlockRepository, BlockTarget } from "./blocks.ts";
import type { Change, ChangeRepository } from "./changes.ts";
import type { CommenterRepository } from "./commenters.ts";
import type { PauseRepository } from "./pauses.ts";
import type { ModeratedComment, ModerationQueue } from "./queue.ts";
import type { RecheckRepository } from "./recheck.ts";
import type { Settings, SettingsRepository } from "./settings.ts";
import type { ThreadRepository } from "./threads.ts";

/** The repositories that moderation reads, and the one through which it changes them. */
export type ModerationStore = {
	changes: ChangeRepository;
	comments: CommentRepository;
	queue: ModerationQueue;
	log: AuditLog;
	threads: ThreadRepository;
	blocks: BlockRepository;
	settings: SettingsRepository;
	pauses: PauseRepository;
	commenters: CommenterRepository;
	rechecks: RecheckRepository;
};

/**
 * Moves comments to a state in one operation. Returns the ids changed, and the `unread` ones: not published because their
 * words were changed after they were `seen`. Hiding a changed comment needs no second look.
 */
export async function decide(
	{ changes, queue }: Pick<ModerationStore, "changes" | "queue">,
	ids: readonly number[],
	state: CommentState,
	{ seen, ...context }: AuditContext & { seen: SeenVersions },
): Promise<{ changed: readonly number[]; unread: readonly number[] }> {
	const publishes = state === "published";
	const written = await changes.apply(
		[{ is: "decision", ids, state, ...(publishes ? { seen } : {}) }],
		context,
	);
	const changed = written.map(({ commentId }) => commentId).filter((id) => id !== null);
	if (!publishes || changed.length === ids.length) return { changed, unread: [] };
	const unread = (await queue.findAll(ids)).filter(
		(comment) => comment.state !== state && isUnread(comment, seen),
	);
	return { changed, unread: unread.map(({ id }) => id) };
}

/** Whether a comment was changed after it was read. One its author erased has no text left to read. */
function isUnread({ id, source, version }: ModeratedComment, seen: SeenVersions): boolean {
	return source !== "" && version !== (seen.get(id) ?? firstVersion);
}

/** Marks comments as spam and blocks the visitors and e-mail addresses that sent them; false when that changes nothing. */
export async function ban(
	{ changes, queue }: Pick<ModerationStore, "changes" | "queue">,
	ids: readonly number[],
	context: AuditContext,
): Promise<boolean> {
	const comments = (await queue.findAll(ids)).filter(({ byAuthor, visitor }) => !byAuthor && visitor !== "");
	const targets = comments.flatMap(({ visitor, name, email }): BlockTarget[] => {
		const address = email?.toLowerCase();
		const target = { kind: "visitor", value: visitor, label: name } as const;
		return address === undefined ? [target] : [target, { kind: "email", value: address, label: address }];
	});
	return applies({ changes }, [{ is: "decision", ids, state: "spam" }, blockChange(targets)], context);
}

/** Adds blocks; false when all of them exist already. */
export function block(
	store: Pick<ModerationStore, "changes">,
	targets: readonly BlockTarget[],
	context: AuditContext,
): Promise<boolean> {
	return applies(store, [blockChange(targets)], context);
}

/** Returns the change that adds blocks, each once. */
export function blockChange(targets: readonly BlockTarget[]): Change {
	const byValue = new Map(targets.map((target) => [`${target.kind} ${target.value}`, target]));
	return { is: "block", targets: [...byValue.values()] };
}

/** Removes blocks; false when none of them exists. */
export function unblock(
	store: Pick<ModerationStore, "changes">,
	blocks: readonly Pick<Block, "kind" | "value">[],
	context: AuditContext,
): Promise<boolean> {
	return applies(store, [{ is: "unblock", blocks }], context);
}

/** The parts of a comment that can be edited. */
export type CommentText = { name: string; website: string | null; source: string };

/** Returns the change that replaces the words of a comment's version. */
export async function editChange(id: number, version: number, text: CommentText): Promise<Change> {
	const { source } = text;
	const derived = {
		html: await renderComment(source),
		lang: detectLanguage(source),
		contentHash: await contentHash(source),
	};
	return { is: "edit", id, version, text: { ...text, ...derived } };
}

/**
 * Replaces the words of a comment in the version that was seen, and keeps them as an earlier version. Returns "changed" when
 * the comment has other words by now, which are left.
 */
export async function edit(
	{ changes, queue }: Pick<ModerationStore, "changes" | "queue">,
	id: number,
	version: number,
	text: CommentText,
	context: AuditContext,
): Promise<"done" | "nothing" | "changed"> {
	if (await applies({ changes }, [await editChange(id, version, text)], context)) return "done";
	const now = await queue.find(id);
	return now === null || now.version === version ? "nothing" : "changed";
}

/**
 * Replies to a comment as the blog, publishing it first when it is held. Returns the reply's id, null when replying is not
 * possible, or "unread" when the held comment was changed after it was `seen`.
 */
export async function reply(
	{ changes, queue }: Pick<ModerationStore, "changes" | "queue">,
	comment: ModeratedComment,
	{
		text,
		name,
		website,
		memberKey,
	}: { text: string; name: string; website: string | null; memberKey: string },
	{ seen, ...context }: AuditContext & { seen: SeenVersions },
): Promise<number | "unread" | null> {
	const approval: Change = { is: "decision", ids: [comment.id], state: "published", from: "held", seen };
	const reply = {
		name,
		email: null,
		website,
		text,
		postId: comment.postId,
		parentId: comment.id,
		visitor: memberKey,
		html: await renderComment(text),
		lang: detectLanguage(text),
		// A form sent twice has one operation id and makes one reply.
		fingerprint: context.operation,
		formKey: null,
		state: "published" as const,
		findings: [],
		network: null,
		contentHash: null,
		byAuthor: true,
		nameSkeletons: null,
		createdAt: context.at,
	};
	const written = await changes.apply([approval, { is: "reply", comment: reply }], context);
	const stored = written.find(({ kind }) => kind === "replied");
	if (stored !== undefined) return stored.commentId;
	const now = await queue.find(comment.id);
	return now?.state === "held" && isUnread(now, seen) ? "unread" : null;
}

/** Closes or opens a thread; false when it already is. */
export function setClosed(
	store: Pick<ModerationStore, "changes">,
	postId: string,
	closed: boolean,
	context: AuditContext,
): Promise<boolean> {
	return applies(store, [{ is: "close", postId, closed }], context);
}

/** Pins a comment to the top of its thread, or with null unpins it; false when nothing changes or it cannot be pinned. */
export function setPinned(
	store: Pick<ModerationStore, "changes">,
	postId: string,
	commentId: number | null,
	context: AuditContext,
): Promise<boolean> {
	return applies(store, [{ is: "pin", postId, commentId }], context);
}

/** Dismisses the open reports of comments, which stay public; false when there are none. */
export function dismissReports(
	store: Pick<ModerationStore, "changes">,
	ids: readonly number[],
	context: AuditContext,
): Promise<boolean> {
	return applies(store, [{ is: "reports", ids, restores: null }], context);
}

/** Moves all comments of a post to another, with their reactions and subscriptions; false when it has none. */
export function moveThread(
	store: Pick<ModerationStore, "changes">,
	from: string,
	to: string,
	context: AuditContext,
): Promise<boolean> {
	return applies(store, [{ is: "move", from, to, back: false }], context);
}

/** Saves the moderation settings. Returns "changed" when those stored are not of the version that was seen. */
export async function changeSettings(
	{ settings: repository, changes }: Pick<ModerationStore, "settings" | "changes">,
	settings: Settings,
	version: number,
	context: AuditContext,
): Promise<"done" | "nothing" | "changed"> {
	const stored = await repository.load();
	if (JSON.stringify(stored.settings) === JSON.stringify(settings)) return "nothing";
	if (stored.version !== version) return "changed";
	const change: Change = { is: "settings", settings, before: stored.settings, version };
	return (await applies({ changes }, [change], context)) ? "done" : "changed";
}

/** Pauses commenting on the whole blog, or with null ends the pause; false when another member did either meanwhile. */
export function setPause(
	store: Pick<ModerationStore, "changes">,
	pause: Pause | null,
	version: number,
	context: AuditContext,
): Promise<boolean> {
	return applies(store, [{ is: "pause", pause, version }], context);
}

/** Comments of a network that one request empties; the next request continues. */
const purgeLimit = 200;

/** Empties comments of a network that are not public, and logs it in the same batch. Cannot be undone. */
export function purgeNetwork(
	{ commenters }: ModerationStore,
	network: string,
	context: AuditContext,
): Promise<number> {
	return commenters.purgeNetwork(network, purgeLimit, context);
}

/** Anonymizes a commenter's comments, or with `erase` removes their text too. Cannot be undone. */
export function removeCommenter(
	{ commenters }: Pick<ModerationStore, "commenters">,
	visitor: string,
	{ erase, name }: { erase: boolean; name: string },
	context: AuditContext,
): Promise<RedactionResult> {
	return erase ? commenters.erase(visitor, context) : commenters.anonymize(visitor, name, context);
}

/** Whether changes of one operation changed and logged anything. */
async function applies(
	{ changes }: Pick<ModerationStore, "changes">,
	all: readonly Change[],
	context: AuditContext,
): Promise<boolean> {
	return (await changes.apply(all, context)).length > 0;
}
