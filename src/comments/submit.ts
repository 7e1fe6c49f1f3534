import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import type { Draft } from "./draft.ts";
import type { Finding, Judgement } from "./judgement.ts";
import { languageOf } from "./language.ts";
import type { NameKeys } from "./names.ts";
import { renderedComment } from "./rendered.ts";
import type { CommentRepository, Stored } from "./repository.ts";
import { digestOfSaid } from "./said.ts";

/** A retried or doubled POST within this time is the same comment. */
const repeatWindow = 10 * 60_000;

/**
 * A button pressed twice sends twice within this time. The second answer, which the browser shows, must be the owner's
 * too, though neither request had a cookie yet. What it costs: somebody behind the same address who within seconds
 * repeats a stranger's very words, name and addresses could change or delete that one comment, which moderators can
 * undo. Hence seconds, not minutes, and only comments of people of whom nothing else is known.
 */
const doubleWindow = 10_000;

export type Submission = {
	draft: Draft;
	postId: string;
	parentId: number | null;
	visitor: string;
	/** The one-time key of the form, or null for the form everybody shares. */
	formKey: string | null;
	/** Keyed digest of the network it came from, or null where that is not known. */
	network: string | null;
	signs: Signs;
	/** How it came just now; absent for words that were here before and are judged again. */
	arrival?: Arrival;
	/** The comment these words are to be in the place of: it does not speak for itself. */
	replaces?: Replaced;
	/** Epoch milliseconds. */
	now: number;
};

/** A comment whose words are changed; what was found about the moment it came is true of a waiting one still. */
export type Replaced = { id: number; state: "published" | "held"; findings: readonly Finding[] };

/** What a request says of its sender, for those who may be asked about them; it is kept nowhere. */
export type Arrival = { address: string | null; userAgent: string };

/** What the form itself gives away about who filled it in. */
export type Signs = {
	/** Something stands in the field that people do not see. */
	decoyFilled: boolean;
	/** Milliseconds since the form was made for them; null for the form everybody shares, which cannot know. */
	elapsed: number | null;
};

/** Signs of nothing: words that come without a form of their own. */
export const noSigns: Signs = { decoyFilled: false, elapsed: null };

/** Decides the state a new comment starts in, and says why. */
export type Judge = (submission: Submission) => Promise<Judgement>;

/**
 * Renders, judges and keeps a comment, or gives the one it repeats, or says why it cannot be kept. `nameKeys` are those of
 * its name. `mayBeDoubled` where the sender is somebody new at a place that can be told: the comment may be theirs already.
 */
export async function submitComment(
	submission: Submission,
	nameKeys: NameKeys,
	repository: CommentRepository,
	judge: Judge,
	mayBeDoubled = false,
): Promise<Stored> {
	const { draft, postId, parentId, visitor, formKey, network, now } = submission;
	const { state, findings } = await judge(submission);
	return repository.add(
		{
			...draft,
			postId,
			parentId,
			visitor,
			html: await renderedComment(draft.text),
			lang: languageOf(draft.text),
			fingerprint: await fingerprint(submission),
			formKey,
			network,
			said: await digestOfSaid(draft.text),
			state,
			findings,
			byAuthor: false,
			nameKeys,
			createdAt: now,
		},
		{ since: now - repeatWindow, doubledSince: mayBeDoubled && formKey === null ? now - doubleWindow : null },
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
