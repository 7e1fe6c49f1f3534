import type { CommentState } from "../comments/comment.ts";
import { contentHash } from "../comments/content-hash.ts";
import { detectLanguage } from "../comments/language.ts";
import { renderComment } from "../comments/render-comment.ts";
import type { CommentRepository, SeenVersions } from "../comments/repository.ts";
import type { AuditLog, NewAuditEntry } from "./audit-log.ts";
import type { Block, BlockRepository, BlockTarget } from "./blocks.ts";
import type { CommenterRepository } from "./commenters.ts";
import type { ModeratedComment, ModerationQueue } from "./queue.ts";
import type { RecheckRepository } from "./recheck.ts";
import type { Settings, SettingsRepository } from "./settings.ts";
import type { ThreadRepository } from "./threads.ts";

/** The repositories that moderation changes. */
export type ModerationStore = {
	comments: CommentRepository;
	queue: ModerationQueue;
	log: AuditLog;
	threads: ThreadRepository;
	blocks: BlockRepository;
	settings: SettingsRepository;
	commenters: CommenterRepository;
	rechecks: RecheckRepository;
};

/** The actor, reason and time of an operation, and the id by which it can be undone. */
export type AuditContext = Pick<NewAuditEntry, "actor" | "reason" | "at" | "operation">;

/**
 * Moves comments to a state in one operation. Returns the ids changed, and the `unread` ones: not published because their
 * authors edited them after they were `seen`. Hiding an edited comment needs no second look.
 */
export async function decide(
	{ comments, queue }: Pick<ModerationStore, "comments" | "queue">,
	ids: readonly number[],
	state: CommentState,
	{ seen, ...context }: AuditContext & { seen: SeenVersions },
): Promise<{ changed: readonly number[]; unread: readonly number[] }> {
	if (state !== "published") return { changed: await comments.decide(ids, state, context), unread: [] };
	const changed = await comments.decide(ids, state, { ...context, seen });
	const left = changed.length === ids.length ? [] : await queue.findAll(ids);
	const unread = left.filter((comment) => comment.state !== state && isUnread(comment, seen));
	return { changed, unread: unread.map(({ id }) => id) };
}

/** Whether a comment was edited after it was read. One its author erased has no text left to read. */
function isUnread({ id, source, editedAt }: ModeratedComment, seen: SeenVersions): boolean {
	return source !== "" && editedAt !== (seen.get(id) ?? null);
}

/** Marks comments as spam and blocks the visitors and e-mail addresses that sent them. */
export async function ban(
	store: ModerationStore,
	ids: readonly number[],
	context: AuditContext,
): Promise<readonly number[]> {
	const changed = await store.comments.decide(ids, "spam", context);
	const comments = (await store.queue.findAll(ids)).filter(
		({ byAuthor, visitor }) => !byAuthor && visitor !== "",
	);
	const targets = comments.flatMap(({ visitor, name, email }): BlockTarget[] => {
		const address = email?.toLowerCase();
		const target = { kind: "visitor", value: visitor, label: name } as const;
		return address === undefined ? [target] : [target, { kind: "email", value: address, label: address }];
	});
	await block(store, targets, context);
	return changed;
}

/** Adds blocks and records them; false when all of them exist already. */
export async function block(
	{ blocks, log }: ModerationStore,
	targets: readonly BlockTarget[],
	context: AuditContext,
): Promise<boolean> {
	const { actor, reason, at, operation } = context;
	const added = await blocks.add(
		targets.map((target) => ({ ...target, actor, reason, createdAt: at })),
		operation,
	);
	await log.record(
		...added.map((added) => ({ ...context, kind: "blocked" as const, after: targetJson(added) })),
	);
	return added.length > 0;
}

/** Removes blocks and records it; false when none of them exists. */
export async function unblock(
	store: Pick<ModerationStore, "blocks" | "log">,
	blocks: readonly Pick<Block, "kind" | "value">[],
	context: AuditContext,
): Promise<boolean> {
	const removed = await store.blocks.remove(blocks);
	await store.log.record(
		...removed.map((block) => ({ ...context, kind: "unblocked" as const, before: targetJson(block) })),
	);
	return removed.length > 0;
}

const targetJson = ({ kind, value, label }: BlockTarget) => JSON.stringify({ kind, value, label });

/** The parts of a comment that can be edited. */
export type CommentText = { name: string; website: string | null; source: string };

/** Replaces a comment's text, keeps the previous version and logs it without words; false when nothing changes. */
export async function edit(
	store: ModerationStore,
	comment: ModeratedComment,
	text: CommentText,
	context: AuditContext,
): Promise<boolean> {
	const { source } = text;
	const edited = {
		...text,
		html: await renderComment(source),
		lang: detectLanguage(source),
		contentHash: await contentHash(source),
	};
	const { actor, operation, at } = context;
	if (!(await store.commenters.edit(comment.id, edited, { actor, operation, at }))) return false;
	await store.log.record({ ...context, kind: "edited", commentId: comment.id, postId: comment.postId });
	return true;
}

/**
 * Replies to a comment as the blog, publishing it first when it is held. Returns the reply's id, null when replying is not
 * possible, or "unread" when the held comment was edited after it was `seen`.
 */
export async function reply(
	store: ModerationStore,
	comment: ModeratedComment,
	{
		text,
		name,
		website,
		memberKey,
	}: { text: string; name: string; website: string | null; memberKey: string },
	{ seen, ...context }: AuditContext & { seen: SeenVersions },
): Promise<number | "unread" | null> {
	if (comment.state === "held") {
		const { unread } = await decide(store, [comment.id], "published", { ...context, seen });
		if (unread.length > 0) return "unread";
	}
	const stored = await store.comments.add(
		{
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
			state: "published",
			findings: [],
			network: null,
			contentHash: null,
			byAuthor: true,
			nameSkeletons: null,
			createdAt: context.at,
		},
		{ since: 0, doublePostSince: null, isNewVisitor: false },
	);
	if (typeof stored === "string") return null;
	if (!stored.duplicate) {
		await store.log.record({ ...context, kind: "replied", commentId: stored.id, postId: comment.postId });
	}
	return stored.id;
}

/** Closes or opens a thread; false when it already is. */
export async function setClosed(
	store: ModerationStore,
	postId: string,
	closed: boolean,
	context: AuditContext,
): Promise<boolean> {
	if (!(await store.threads.setClosed(postId, closed ? context.at : null))) return false;
	await store.log.record({ ...context, kind: closed ? "closed" : "opened", postId });
	return true;
}

/** Pins a comment to the top of its thread, or with null unpins it; false when nothing changes or it cannot be pinned. */
export async function setPinned(
	store: ModerationStore,
	postId: string,
	commentId: number | null,
	context: AuditContext,
): Promise<boolean> {
	const { pinnedId } = await store.threads.find(postId);
	if (!(await store.threads.setPinned(postId, commentId))) return false;
	await store.log.record({
		...context,
		kind: commentId === null ? "unpinned" : "pinned",
		postId,
		commentId: commentId ?? pinnedId,
		before: pinnedId === null ? null : String(pinnedId),
	});
	return true;
}

/** Saves the moderation settings and records both versions; false when they are equal. */
export async function changeSettings(
	{ settings: repository, log }: ModerationStore,
	settings: Settings,
	context: AuditContext,
): Promise<boolean> {
	const before = JSON.stringify(await repository.load());
	const after = JSON.stringify(settings);
	if (before === after) return false;
	await repository.save(settings);
	await log.record({ ...context, kind: "settings_changed", before, after });
	return true;
}

/** Anonymizes a commenter's comments, or with `erase` removes their text too. Cannot be undone. */
export async function removeCommenter(
	{ commenters, log }: ModerationStore,
	visitor: string,
	{ erase, name }: { erase: boolean; name: string },
	context: AuditContext,
): Promise<number> {
	const changed = erase
		? await commenters.erase(visitor, context)
		: await commenters.anonymize(visitor, name, context);
	await log.record({ ...context, kind: erase ? "erased" : "anonymized", after: String(changed.length) });
	return changed.length;
}
