import type { Log } from "../log.ts";
import { contentHash } from "./content-hash.ts";
import type { Draft } from "./draft.ts";
import { detectLanguage } from "./language.ts";
import type { NameSkeletons } from "./names.ts";
import type { AddResult, CommentRepository } from "./repository.ts";
import type { Finding, Judgement } from "./verdict.ts";
import type { ReachedLimit, Write, WriteLimit } from "./write-limits.ts";

/** Milliseconds within which an equal POST is a retry of the same comment. */
const duplicateWindow = 10 * 60_000;

/**
 * Milliseconds within which a double click sends two POSTs. The second response, which the browser shows, must also grant
 * ownership, though neither request had a cookie. The risk: somebody behind the same address who repeats a stranger's
 * text, name and addresses within seconds could edit or delete that one comment, which moderators can undo. Hence seconds,
 * not minutes, and only comments of visitors without any other comment.
 */
const doublePostWindow = 10_000;

export type Submission = {
	draft: Draft;
	/** The draft's text, rendered. */
	html: string;
	postId: string;
	parentId: number | null;
	visitor: string;
	/** The one-time key of its form, or null for the shared cached form. */
	formKey: string | null;
	/** Keyed digest of the sender's network, or null when unknown. */
	network: string | null;
	/** The same under the keys of earlier days; absent when a stored comment is judged again. */
	earlierNetworks?: readonly string[];
	formSignals: FormSignals;
	/** The origin of a new comment; absent when a stored one is judged again. */
	requestOrigin?: RequestOrigin;
	/** The comment this edit replaces, which is not evidence about itself. */
	replaces?: PreviousVersion;
	/** Epoch milliseconds. */
	now: number;
	/** The log of the request that sent it. */
	log: Log;
};

/** The comment before an edit; while it is held, its arrival findings still apply. */
export type PreviousVersion = { id: number; state: "published" | "held"; findings: readonly Finding[] };

/** The request's address and user agent, for external spam services; never stored. */
export type RequestOrigin = { address: string | null; userAgent: string };

/** Signals of the form about the sender. */
export type FormSignals = {
	/** Whether the hidden field is filled. */
	honeypotFilled: boolean;
	/** Milliseconds since the form was rendered; null for the shared cached form. */
	elapsed: number | null;
};

/** Neutral signals, for text that came without a form of its own. */
export const noFormSignals: FormSignals = { honeypotFilled: false, elapsed: null };

/**
 * Decides the initial state of a comment, with the reasons. If a limit refuses the `write`, it is returned instead, before
 * any rule or external service has seen the comment.
 */
export type Judge = {
	(submission: Submission): Promise<Judgement>;
	(submission: Submission, write: Write): Promise<Judgement | ReachedLimit>;
};

/**
 * Counts, judges and stores a comment. Returns it, the one it duplicates, or the reason it cannot be stored. A new visitor
 * has no cookie; from a known network, `mayBeDoublePost`: the comment may already be theirs.
 */
export async function submitComment(
	submission: Submission,
	nameSkeletons: NameSkeletons,
	{ comments, judge }: { comments: CommentRepository; judge: Judge },
	{ isNewVisitor, mayBeDoublePost }: { isNewVisitor: boolean; mayBeDoublePost: boolean },
	limit: WriteLimit,
): Promise<AddResult | ReachedLimit> {
	const { draft, html, postId, parentId, visitor, formKey, network, now } = submission;
	const write: Write = { kind: "comment", network, limit, now };
	const judged = await judge(submission, write);
	// Beyond a limit nothing is added. It may be the double POST of a comment that was stored, which is looked for.
	const { state, findings }: Judgement = "retryAfter" in judged ? { state: "held", findings: [] } : judged;
	return comments.add(
		{
			...draft,
			postId,
			parentId,
			visitor,
			html,
			lang: detectLanguage(draft.text),
			fingerprint: await fingerprint(submission),
			formKey,
			network,
			contentHash: await contentHash(draft.text),
			state,
			findings,
			byAuthor: false,
			nameSkeletons,
			createdAt: now,
		},
		{
			since: now - duplicateWindow,
			isNewVisitor,
			doublePostSince: mayBeDoublePost && formKey === null ? now - doublePostWindow : null,
		},
		write,
	);
}

async function fingerprint({ draft, postId, parentId }: Submission): Promise<string> {
	const content = JSON.stringify([postId, parentId, draft.name, draft.text]);
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
