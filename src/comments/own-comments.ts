import { BlogError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Site } from "../posts/site.ts";
import type { Comment, CommentState } from "./comment.ts";
import { contentHash } from "./content-hash.ts";
import { detectLanguage } from "./language.ts";
import { renderComment } from "./render-comment.ts";
import { type Judge, noFormSignals, type RequestOrigin } from "./submit.ts";
import type { Finding } from "./verdict.ts";

/** A comment with its source text and its author's data. */
export type WrittenComment = Comment & {
	postId: string;
	source: string;
	email: string | null;
	visitor: string;
};

/** A comment with the number of its version, and its findings, which its author must not see. */
export type JudgedComment = WrittenComment & { findings: readonly Finding[]; version: number };

/** The new version of a comment after its author's edit. */
export type Revision = {
	source: string;
	html: string;
	lang: string | null;
	contentHash: string | null;
	state: CommentState;
	/** The rules' findings; absent when they did not run. */
	findings?: readonly Finding[];
	at: number;
};

/** A previous version of a comment; times in epoch milliseconds. */
export type EarlierVersion = { source: string; writtenAt: number; replacedAt: number };

/** A previous version with the moderator who replaced it; null for the author. */
export type ReplacedVersion = EarlierVersion & { actor: string | null };

/** The comments as their authors edit and erase them. */
export type OwnCommentRepository = {
	/** Finds a comment in any state, with its findings. */
	find(id: number): Promise<JudgedComment | null>;
	/**
	 * Replaces the comment as it was `read` with a new version and keeps the previous one; an equal text changes nothing.
	 * Returns false when the comment was moderated, edited or erased meanwhile, or would be published in a pause.
	 */
	revise(read: Pick<JudgedComment, "id" | "state" | "version">, revision: Revision): Promise<boolean>;
	/** Erases a comment: text, name and every earlier version go, the place in the thread stays. */
	erase(id: number, at: number): Promise<void>;
	/** Lists earlier versions, whoever replaced them, oldest first. */
	earlierVersions(id: number): Promise<readonly ReplacedVersion[]>;
};

/** Returns the instant (epoch milliseconds) from which a comment can no longer be edited. */
export function editableUntil(comment: Pick<Comment, "createdAt">, policy: Site["comments"]): number {
	return comment.createdAt + policy.editWindowMinutes * 60_000;
}

/** Attempts to store an edit; each concurrent decision costs one. */
const maxAttempts = 4;

/**
 * Replaces the words of the version that the author saw. A published or held comment is judged again, so that approval
 * cannot be followed by spam, and moderators see the findings for the current text; an edit never publishes. A concurrent
 * moderator's decision wins: the edit is then judged in the new state. Newer words, such as a moderator's, are not replaced:
 * then it returns the comment as it is now. Returns "deleted" when it was erased meanwhile.
 */
export async function reviseComment(
	comment: JudgedComment,
	{ text, version }: { text: string; version: number },
	context: RevisionContext & { repository: OwnCommentRepository },
): Promise<"done" | "deleted" | JudgedComment> {
	let current: JudgedComment | null = comment;
	for (let attempt = 0; attempt < maxAttempts; attempt++) {
		if (current === null || current.state === "deleted") return "deleted";
		if (current.source === text) return "done";
		if (current.version !== version) return current;
		if (await context.repository.revise(current, await createRevision(current, text, context))) return "done";
		current = await context.repository.find(comment.id);
	}
	throw new BlogError("unavailable", "The comment keeps changing. Send the change again in a minute.");
}

/** The judge, the time, the log and the origin of an edit; without an origin no external service is asked. */
type RevisionContext = { judge: Judge; now: number; log: Log; requestOrigin?: RequestOrigin };

/** Renders and judges the new version, given the comment's current state. */
async function createRevision(
	comment: JudgedComment,
	text: string,
	context: RevisionContext,
): Promise<Revision> {
	const { now } = context;
	const html = await renderComment(text);
	const judgement = await judgeRevision(comment, { text, html }, context);
	return {
		source: text,
		html,
		lang: detectLanguage(text),
		contentHash: await contentHash(text),
		...judgement,
		at: now,
	};
}

async function judgeRevision(
	{ id, state, findings, postId, parentId, visitor, name, email, website }: JudgedComment,
	{ text, html }: { text: string; html: string },
	{ judge, now, log, requestOrigin }: RevisionContext,
): Promise<Pick<Revision, "state" | "findings">> {
	if (state !== "published" && state !== "held") return { state };
	const judgement = await judge({
		...{ draft: { name, email, website, text }, html, postId, parentId, visitor, now, log },
		...{ formKey: null, network: null, formSignals: noFormSignals, replaces: { id, state, findings } },
		...(requestOrigin === undefined ? {} : { requestOrigin }),
	});
	return state === "held" && judgement.state === "published" ? { ...judgement, state } : judgement;
}
