import { BlogError } from "../errors.ts";
import type { Site } from "../posts/site.ts";
import type { Comment, CommentState } from "./comment.ts";
import type { Finding } from "./judgement.ts";
import { languageOf } from "./language.ts";
import { renderedComment } from "./rendered.ts";
import { digestOfSaid } from "./said.ts";
import { type Arrival, type Judge, noSigns } from "./submit.ts";

/** A comment as its author has it: the text as typed, and whose it is. */
export type WrittenComment = Comment & {
	postId: string;
	source: string;
	email: string | null;
	visitor: string;
};

/** A comment with why the rules did not publish it, which is not for its author to see. */
export type JudgedComment = WrittenComment & { findings: readonly Finding[] };

/** What an author's change leaves in the store. */
export type Revision = {
	source: string;
	html: string;
	lang: string | null;
	said: string | null;
	state: CommentState;
	/** What the rules have against it; absent when they were not asked. */
	findings?: readonly Finding[];
	at: number;
};

/** What a comment said before, and when (epoch milliseconds). */
export type EarlierVersion = { source: string; writtenAt: number; replacedAt: number };

/** What the domain asks of the store for those who change what they wrote. */
export type AuthorshipRepository = {
	/** The comment of that id in whatever state, with why the rules did not publish it. */
	find(id: number): Promise<JudgedComment | null>;
	/**
	 * Puts a new version in the place of the comment as it was `read`, and keeps the one before it; the same text again
	 * changes nothing. False when it was decided about, changed or taken back meanwhile.
	 */
	revise(read: Pick<WrittenComment, "id" | "state" | "editedAt">, revision: Revision): Promise<boolean>;
	/** Takes a comment back: the text, the name and every earlier version go, the place in the thread stays. */
	withdraw(id: number, at: number): Promise<void>;
	/** Earlier versions, oldest first. */
	earlierVersions(id: number): Promise<readonly EarlierVersion[]>;
};

/** The instant (epoch milliseconds) from which a comment can no longer be changed. */
export function editableUntil(comment: Pick<Comment, "createdAt">, policy: Site["comments"]): number {
	return comment.createdAt + policy.editWindowMinutes * 60_000;
}

/** How often a change is judged anew because somebody decided or changed something meanwhile. */
const mostAttempts = 4;

/**
 * Puts a changed text in a comment's place. One that is published or waits is judged again, so that nothing slips in behind
 * approval and a moderator sees what speaks against the words that stand there; a change publishes nothing. What a
 * moderator decides meanwhile stands: then it is judged by that. False when the comment was taken back meanwhile.
 */
export async function reviseComment(
	comment: JudgedComment,
	text: string,
	means: Means & { repository: AuthorshipRepository },
): Promise<boolean> {
	let standing: JudgedComment | null = comment;
	for (let attempt = 0; attempt < mostAttempts; attempt++) {
		if (standing === null || standing.state === "deleted") return false;
		if (standing.source === text) return true;
		if (await means.repository.revise(standing, await revisionOf(standing, text, means))) return true;
		standing = await means.repository.find(comment.id);
	}
	throw new BlogError("unavailable", "The comment keeps changing. Send the change again in a minute.");
}

/** Who judges a change, when it is made, and how it came: absent where nobody else is to be asked about it. */
type Means = { judge: Judge; now: number; arrival?: Arrival };

/** The new version, as it is judged where the comment stands now. */
async function revisionOf(comment: JudgedComment, text: string, means: Means): Promise<Revision> {
	const { now } = means;
	const judgement = await judgementOn(comment, text, means);
	return {
		source: text,
		html: await renderedComment(text),
		lang: languageOf(text),
		said: await digestOfSaid(text),
		...judgement,
		at: now,
	};
}

async function judgementOn(
	{ id, state, findings, postId, parentId, visitor, name, email, website }: JudgedComment,
	text: string,
	{ judge, now, arrival }: Means,
): Promise<Pick<Revision, "state" | "findings">> {
	if (state !== "published" && state !== "held") return { state };
	const judgement = await judge({
		...{ draft: { name, email, website, text }, postId, parentId, visitor, now },
		...{ formKey: null, network: null, signs: noSigns, replaces: { id, state, findings } },
		...(arrival === undefined ? {} : { arrival }),
	});
	return state === "held" && judgement.state === "published" ? { ...judgement, state } : judgement;
}
