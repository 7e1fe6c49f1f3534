import type { CommentState } from "../comments/comment.ts";
import { languageOf } from "../comments/language.ts";
import { renderedComment } from "../comments/rendered.ts";
import type { CommentRepository, Seen } from "../comments/repository.ts";
import { digestOfSaid } from "../comments/said.ts";
import type { DecisionLog, NewDeed } from "./log.ts";
import type { Desk, DeskComment } from "./queue.ts";
import type { RejudgingRepository } from "./rejudging.ts";
import type { PeopleRepository, StandardsRepository } from "./repository.ts";
import type { Block, Settings } from "./settings.ts";
import type { ThreadRepository } from "./threads.ts";

/** Everything the desk acts on. */
export type Hands = {
	comments: CommentRepository;
	desk: Desk;
	log: DecisionLog;
	threads: ThreadRepository;
	standards: StandardsRepository;
	people: PeopleRepository;
	rejudging: RejudgingRepository;
};

/** Who acts, why, when, and the act's id, by which it can be undone. */
export type Doing = Pick<NewDeed, "madeBy" | "reason" | "at" | "act">;

/** Somebody to be blocked. */
export type Blocked = Pick<Block, "kind" | "value" | "label">;

/**
 * Gives comments a state in one act: the ids of those it changed, and of those that are not published because their
 * authors have changed the words since they were `seen`. Hiding what has changed needs no second look.
 */
export async function decideTogether(
	{ comments, desk }: Pick<Hands, "comments" | "desk">,
	ids: readonly number[],
	state: CommentState,
	{ seen, ...doing }: Doing & { seen: Seen },
): Promise<{ changed: readonly number[]; unread: readonly number[] }> {
	if (state !== "published") return { changed: await comments.decide(ids, state, doing), unread: [] };
	const changed = await comments.decide(ids, state, { ...doing, seen });
	const left = changed.length === ids.length ? [] : await desk.findAll(ids);
	const unread = left.filter((comment) => comment.state !== state && isUnread(comment, seen));
	return { changed, unread: unread.map(({ id }) => id) };
}

/** Whether a comment no longer says what was read of it. What its author took back says nothing any more. */
function isUnread({ id, source, editedAt }: DeskComment, seen: Seen): boolean {
	return source !== "" && editedAt !== (seen.get(id) ?? null);
}

/** Calls comments spam and lets nothing more through from the people who wrote them. */
export async function ban(hands: Hands, ids: readonly number[], doing: Doing): Promise<readonly number[]> {
	const changed = await hands.comments.decide(ids, "spam", doing);
	const written = (await hands.desk.findAll(ids)).filter(
		({ byAuthor, visitor }) => !byAuthor && visitor !== "",
	);
	const people = written.flatMap(({ visitor, name, email }): Blocked[] => {
		const address = email?.toLowerCase();
		const person = { kind: "visitor", value: visitor, label: name } as const;
		return address === undefined ? [person] : [person, { kind: "email", value: address, label: address }];
	});
	await block(hands, people, doing);
	return changed;
}

/** Blocks people and places; false when all of them are blocked already. */
export async function block(
	{ standards, log }: Hands,
	blocked: readonly Blocked[],
	doing: Doing,
): Promise<boolean> {
	const { madeBy, reason, at, act } = doing;
	const added = await standards.block(
		blocked.map((each) => ({ ...each, madeBy, reason, createdAt: at })),
		act,
	);
	await log.record(...added.map((each) => ({ ...doing, kind: "blocked" as const, after: told(each) })));
	return added.length > 0;
}

/** Lifts blocks; false when there are none of them. */
export async function unblock(
	{ standards, log }: Hands,
	which: readonly Pick<Block, "kind" | "value">[],
	doing: Doing,
): Promise<boolean> {
	const lifted = await standards.unblock(which);
	await log.record(...lifted.map((each) => ({ ...doing, kind: "unblocked" as const, before: told(each) })));
	return lifted.length > 0;
}

const told = ({ kind, value, label }: Blocked) => JSON.stringify({ kind, value, label });

/** Words as they stand, in the form the log keeps them. */
export type Words = { name: string; website: string | null; source: string };

/** Puts other words in a comment's place and keeps those before; false when they are the same. */
export async function edit(hands: Hands, comment: DeskComment, words: Words, doing: Doing): Promise<boolean> {
	const { source } = words;
	const wording = {
		...words,
		html: await renderedComment(source),
		lang: languageOf(source),
		said: await digestOfSaid(source),
	};
	if (!(await hands.people.reword(comment.id, wording))) return false;
	const before: Words = { name: comment.name, website: comment.website, source: comment.source };
	await hands.log.record({
		...doing,
		kind: "edited",
		commentId: comment.id,
		postId: comment.postId,
		before: JSON.stringify(before),
		after: JSON.stringify(words),
	});
	return true;
}

/**
 * Answers a comment in the blog's name, publishing it first when it waits; the reply's id, null when it cannot be, or
 * "unread" when the waiting comment has been changed since it was `seen`.
 */
export async function reply(
	hands: Hands,
	comment: DeskComment,
	{
		text,
		name,
		website,
		memberKey,
	}: { text: string; name: string; website: string | null; memberKey: string },
	{ seen, ...doing }: Doing & { seen: Seen },
): Promise<number | "unread" | null> {
	if (comment.state === "held") {
		const { unread } = await decideTogether(hands, [comment.id], "published", { ...doing, seen });
		if (unread.length > 0) return "unread";
	}
	const stored = await hands.comments.add(
		{
			name,
			email: null,
			website,
			text,
			postId: comment.postId,
			parentId: comment.id,
			visitor: memberKey,
			html: await renderedComment(text),
			lang: languageOf(text),
			// The same act sent twice is the same reply.
			fingerprint: doing.act,
			formKey: null,
			state: "published",
			findings: [],
			network: null,
			said: null,
			byAuthor: true,
			nameKeys: null,
			createdAt: doing.at,
		},
		{ since: 0, doubledSince: null },
	);
	if (typeof stored === "string") return null;
	if (!stored.repeated) {
		await hands.log.record({ ...doing, kind: "replied", commentId: stored.id, postId: comment.postId });
	}
	return stored.id;
}

/** Closes or opens a thread; false when it is so already. */
export async function setClosed(
	hands: Hands,
	postId: string,
	closed: boolean,
	doing: Doing,
): Promise<boolean> {
	if (!(await hands.threads.setClosed(postId, closed ? doing.at : null))) return false;
	await hands.log.record({ ...doing, kind: closed ? "closed" : "opened", postId });
	return true;
}

/** Sets a comment before all others of its thread, or with null none; false when it is so already or cannot be. */
export async function setPinned(
	hands: Hands,
	postId: string,
	commentId: number | null,
	doing: Doing,
): Promise<boolean> {
	const { pinnedId } = await hands.threads.find(postId);
	if (!(await hands.threads.setPinned(postId, commentId))) return false;
	await hands.log.record({
		...doing,
		kind: commentId === null ? "unpinned" : "pinned",
		postId,
		commentId: commentId ?? pinnedId,
		before: pinnedId === null ? null : String(pinnedId),
	});
	return true;
}

/** Changes what the rules go by; false when they are the same. */
export async function rule({ standards, log }: Hands, settings: Settings, doing: Doing): Promise<boolean> {
	const before = JSON.stringify(await standards.settings());
	const after = JSON.stringify(settings);
	if (before === after) return false;
	await standards.save(settings);
	await log.record({ ...doing, kind: "ruled", before, after });
	return true;
}

/** Takes a person out of their comments, or with `words` their words too. There is no way back. */
export async function forgetPerson(
	{ people, log }: Hands,
	visitor: string,
	{ words, name }: { words: boolean; name: string },
	doing: Doing,
): Promise<number> {
	const changed = words ? await people.erase(visitor, doing) : await people.anonymise(visitor, name);
	await log.record({ ...doing, kind: words ? "erased" : "anonymised", after: String(changed.length) });
	return changed.length;
}
