import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import type { CommentState } from "./comment.ts";
import type { Draft } from "./draft.ts";
import { languageOf } from "./language.ts";
import { renderComment } from "./markdown.ts";
import type { CommentRepository, Stored } from "./repository.ts";

/** A retried or doubled POST within this time is the same comment. */
const repeatWindow = 10 * 60_000;

export type Submission = {
	draft: Draft;
	postId: string;
	parentId: number | null;
	visitor: string;
	/** The one-time key of the form, or null for the form everybody shares. */
	formKey: string | null;
	/** Epoch milliseconds. */
	now: number;
};

/** Decides the state a new comment starts in. */
export type Judge = (submission: Submission) => Promise<CommentState>;

/** Renders, judges and keeps a comment, or gives the one it repeats, or says why it cannot be kept. */
export async function submitComment(
	submission: Submission,
	repository: CommentRepository,
	judge: Judge,
): Promise<Stored> {
	const { draft, postId, parentId, visitor, formKey, now } = submission;
	return repository.add(
		{
			...draft,
			postId,
			parentId,
			visitor,
			html: renderComment(draft.text),
			lang: languageOf(draft.text),
			fingerprint: await fingerprint(submission),
			formKey,
			state: await judge(submission),
			createdAt: now,
		},
		now - repeatWindow,
	);
}

/** Why a thread is closed: the post says so, its age, or a moderator. */
export type Closed = "by_author" | "by_age" | "by_moderator";

/** Why a post takes no comments at the instant `now`, or null when it does; `closedAt` is a moderator's word. */
export function closedBecause(
	entry: Post | Page,
	policy: Site["comments"],
	now: number,
	closedAt: number | null,
): Closed | null {
	if (entry.comments !== "open") return "by_author";
	if (closedAt !== null && closedAt <= now) return "by_moderator";
	const closing = closingTime(entry, policy);
	return closing !== null && now >= closing ? "by_age" : null;
}

/** When an open thread will close by age (epoch milliseconds); null when it never will or already has. */
export function closesAt(entry: Post | Page, policy: Site["comments"], now: number): number | null {
	const closing = closingTime(entry, policy);
	return closing !== null && entry.comments === "open" && now < closing ? closing : null;
}

function closingTime(entry: Post | Page, { closeAfterDays }: Site["comments"]): number | null {
	return closeAfterDays === null || !("published" in entry)
		? null
		: entry.published + closeAfterDays * 86_400_000;
}

async function fingerprint({ draft, postId, parentId }: Submission): Promise<string> {
	const said = JSON.stringify([postId, parentId, draft.name, draft.text]);
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(said));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
