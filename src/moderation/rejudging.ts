import type { Finding, Judgement } from "../comments/judgement.ts";
import { hostsOf } from "../comments/links.ts";
import { noSigns } from "../comments/submit.ts";
import type { HistoryReader } from "./history.ts";
import type { NewDeed } from "./log.ts";
import type { DeskComment } from "./queue.ts";
import { judgeByRules, judgementOf, type Languages } from "./rule.ts";
import { lastingRules, ofTheMoment } from "./rules.ts";
import { standardsWith } from "./settings.ts";
import type { Standards } from "./standards.ts";

/** Which comments are judged again: all that wait, or the latest that are published. */
export const rejudgeable = ["waiting", "published"] as const;
export type Rejudgeable = (typeof rejudgeable)[number];

/** How many published comments are judged again. */
export const latestRejudged = 1000;

/** Comments judged in one run of the cron trigger: each takes a statement, of which an invocation may make fifty. */
const atOnce = 8;

/** Comments being judged again, or the last that were. */
export type Rejudging = {
	id: number;
	/** What it changes is one act. */
	act: string;
	which: Rejudgeable;
	askedBy: string;
	state: "running" | "done" | "stopped";
	total: number;
	looked: number;
	changed: number;
	/** When it ended (epoch milliseconds), or null. */
	settledAt: number | null;
	/** Whether what it changed stands, as far as it can be taken back. */
	undoable: boolean;
};

/** A comment that nobody has decided about, as it is stored. */
export type OldComment = Pick<
	DeskComment,
	"id" | "postId" | "state" | "name" | "email" | "website" | "visitor" | "source" | "createdAt" | "editedAt"
> & {
	network: string | null;
	said: string | null;
	findings: readonly Finding[] | null;
};

/** A comment about which the rules now say something else. */
export type Change = { comment: OldComment; judgement: Judgement };

/** What the domain asks of the store. Comments a person decided about, and what is taken back, never come up. */
export type RejudgingRepository = {
	/** Begins; false while another is under way. */
	begin(which: Rejudgeable, asked: Pick<NewDeed, "act" | "madeBy" | "at">): Promise<boolean>;
	/** The one under way, or else the last. */
	latest(): Promise<Rejudging | null>;
	/** Stops the one under way, or only the one of an act; false when there is none. */
	stop(at: number, act?: string): Promise<boolean>;
	/** The one under way, and at most `limit` comments that are next in it. */
	next(limit: number): Promise<{ rejudging: Rejudging; comments: readonly OldComment[] } | null>;
	/**
	 * Carries out changes and goes on after the comments `looked` at, all or nothing: nothing when it was stopped, or somebody
	 * else went on meanwhile. It is done where no `more` of them come after.
	 */
	advance(
		rejudging: Rejudging,
		looked: { comments: readonly OldComment[]; more: boolean },
		changes: readonly Change[],
		at: number,
	): Promise<void>;
	/** Puts back what an act changed, where it stands as it was left; written down as a deed of `doing`. */
	takeBack(act: string, doing: Pick<NewDeed, "act" | "madeBy" | "reason" | "at">): Promise<void>;
};

/** Judges a comment again, by what is known now. */
export type JudgeAgain = (comments: readonly OldComment[]) => Promise<readonly Judgement[]>;

/** Goes on with what was asked for, a piece at a time, for as long as there is some. */
export async function rejudge(
	{ rejudging, judgeAgain }: { rejudging: RejudgingRepository; judgeAgain: JudgeAgain },
	now: number,
): Promise<void> {
	const due = await rejudging.next(atOnce);
	if (due === null) return;
	const judgements = due.comments.length === 0 ? [] : await judgeAgain(due.comments);
	const changes = due.comments.flatMap((comment, at): Change[] => {
		const judgement = judgements[at];
		return judgement === undefined || judgement.state === comment.state ? [] : [{ comment, judgement }];
	});
	const looked = { comments: due.comments, more: due.comments.length === atOnce };
	await rejudging.advance(due.rejudging, looked, changes, now);
}

/** The rules as judges of what has been here for long. */
export function judgeAgainBy(
	site: Standards,
	read: HistoryReader,
	languagesAt: (postId: string, now: number) => Languages,
): JudgeAgain {
	return (comments) =>
		Promise.all(
			comments.map(async (comment) => {
				const { id, name, email, website, source, postId, visitor, network, said, createdAt } = comment;
				const draft = { name, email, website, text: source };
				const { history, settings } = await read({
					...{ postId, visitor, email, network, said, hosts: hostsOf(draft) },
					// Who else was there at the time is past; the rules about it are not asked.
					recentSince: createdAt,
					flood: 0,
					itself: id,
				});
				const candidate = {
					...{ draft, postId, visitor, network, signs: noSigns, history, overLimit: false },
					now: createdAt,
					languages: languagesAt(postId, createdAt),
				};
				return judgeOld(
					comment,
					judgeByRules(lastingRules, candidate, standardsWith(site, settings)).findings,
				);
			}),
		);
}

/**
 * What the rules say now, beside what was found about the moment a comment came: a flood, a form filled in by a program or
 * a check that was never passed are as true as they were, and letting go of them in bulk is what a flood would wait for.
 * Words changed while they waited never came to the form, and wait for a person. Who waits by policy is a question of before it is seen; what everybody has read is not hidden for it.
 */
function judgeOld({ state, findings, editedAt }: OldComment, lasting: readonly Finding[]): Judgement {
	const now = state === "published" ? lasting.filter(({ rule }) => !rule.startsWith("policy_")) : lasting;
	const judgement = judgementOf([...ofTheMoment(findings ?? []), ...now]);
	const isOtherwise = state === "held" && editedAt !== null && judgement.state === "published";
	return isOtherwise ? { ...judgement, state } : judgement;
}
