import type { Budget } from "../budget.ts";
import { linksOf, linkTargetsOf } from "../comments/links.ts";
import { noFormSignals } from "../comments/submit.ts";
import type { Finding, Judgement } from "../comments/verdict.ts";
import type { NewAuditEntry } from "./audit-log.ts";
import type { EvidenceReader } from "./evidence.ts";
import { foldDraft, type Policy } from "./policy.ts";
import type { ModeratedComment } from "./queue.ts";
import { judgeByRules, type Languages, strictestVerdict } from "./rule.ts";
import { arrivalFindings, contentRules } from "./rules.ts";
import { policyWith } from "./settings.ts";

/** The comments a recheck covers: all held ones, or the latest published ones. */
export const recheckSelections = ["waiting", "published"] as const;
export type RecheckSelection = (typeof recheckSelections)[number];

/** The states of a recheck. */
export const recheckStates = ["running", "done", "stopped"] as const;

/** Most published comments in one recheck. */
export const recheckLimit = 1000;

/** Comments judged in one run of the cron trigger: each takes a statement, and an invocation may make fifty. */
const batchSize = 8;

/** The costs of reading the next comments, and of judging and storing them. */
const costs = {
	next: { statements: 2, rows: 500 },
	step: { statements: batchSize + 3, rows: 4000 },
} as const;

/** A run of the current rules over stored comments, in progress or ended. */
export type Recheck = {
	id: number;
	/** All its changes are one operation. */
	operation: string;
	selection: RecheckSelection;
	requestedBy: string;
	state: (typeof recheckStates)[number];
	total: number;
	checked: number;
	changed: number;
	/** When it ended (epoch milliseconds), or null. */
	settledAt: number | null;
	/** Whether any of its changes can still be undone. */
	undoable: boolean;
};

/** A stored comment that no moderator has decided about. */
export type RecheckedComment = Pick<
	ModeratedComment,
	| "id"
	| "postId"
	| "state"
	| "name"
	| "email"
	| "website"
	| "visitor"
	| "source"
	| "html"
	| "createdAt"
	| "editedAt"
	| "version"
> & {
	network: string | null;
	contentHash: string | null;
	findings: readonly Finding[] | null;
};

/** A comment whose judgement differs under the current rules. */
export type RecheckChange = { comment: RecheckedComment; judgement: Judgement };

/** The stored rechecks. Comments that a moderator decided about or an author erased are never included. */
export type RecheckRepository = {
	/** Starts a recheck; false while another is running. */
	start(
		selection: RecheckSelection,
		request: Pick<NewAuditEntry, "operation" | "actor" | "at">,
	): Promise<boolean>;
	/** Returns the running recheck, or else the last one. */
	latest(): Promise<Recheck | null>;
	/** Stops the running recheck; false when there is none. */
	stop(at: number): Promise<boolean>;
	/** Returns the running recheck and its next comments, at most `limit`. */
	next(limit: number): Promise<{ recheck: Recheck; comments: readonly RecheckedComment[] } | null>;
	/**
	 * Stores the changes and moves the cursor past the `batch`, all or nothing: nothing when the recheck was stopped or
	 * advanced by another run meanwhile. It is done when no `more` comments follow.
	 */
	advance(
		recheck: Recheck,
		batch: { comments: readonly RecheckedComment[]; more: boolean },
		changes: readonly RecheckChange[],
		at: number,
	): Promise<void>;
};

/** Judges stored comments by the current rules and evidence. */
export type RecheckJudge = (comments: readonly RecheckedComment[]) => Promise<readonly Judgement[]>;

/** Judges the next batch of the running recheck, if there is one. */
export async function runRecheck(
	{ rechecks, recheckJudge }: { rechecks: RecheckRepository; recheckJudge: RecheckJudge },
	budget: Budget,
	now: number,
): Promise<void> {
	if (!budget.take(costs.next)) return;
	const batch = await rechecks.next(batchSize);
	if (batch === null || !budget.take(costs.step)) return;
	const judgements = batch.comments.length === 0 ? [] : await recheckJudge(batch.comments);
	const changes = batch.comments.flatMap((comment, at): RecheckChange[] => {
		const judgement = judgements[at];
		return judgement === undefined || judgement.state === comment.state ? [] : [{ comment, judgement }];
	});
	const { recheck, comments } = batch;
	await rechecks.advance(recheck, { comments, more: comments.length === batchSize }, changes, now);
}

/** Creates the judge of stored comments. */
export function createRecheckJudge(
	site: Policy,
	read: EvidenceReader,
	languagesAt: (postId: string, now: number) => Languages,
): RecheckJudge {
	return (comments) => {
		let policy: Policy | null = null;
		return Promise.all(
			comments.map(async (comment) => {
				const { id, state, name, email, website, source, html } = comment;
				const { postId, visitor, network, contentHash, createdAt } = comment;
				const draft = { name, email, website, text: source };
				const links = await linksOf({ html, website });
				const { evidence, settings } = await read({
					...{ postId, visitor, email, network, contentHash, linkTargets: linkTargetsOf(links) },
					// The arrival rules do not run, so recent comments need not be counted.
					recentSince: createdAt,
					now: createdAt,
					countLimit: 0,
					exceptId: id,
				});
				const replaces = state === "published" ? { replaces: { id, state, findings: [] } } : {};
				const candidate = {
					...{
						draft,
						links,
						folded: foldDraft(draft, links),
						postId,
						visitor,
						network,
						formSignals: noFormSignals,
						evidence,
						overLimit: false,
					},
					...replaces,
					now: createdAt,
					languages: languagesAt(postId, createdAt),
				};
				// The same for all of them, whose settings were read together.
				policy ??= policyWith(site, settings);
				return mergeJudgement(comment, judgeByRules(contentRules, candidate, policy).findings);
			}),
		);
	};
}

/**
 * Adds the stored arrival findings to the current content findings. A flood, a filled honeypot or a challenge not passed
 * stay true, and a flood would only have to wait for a recheck to drop them. A held comment that was edited stays held: its
 * new text never passed the form's checks. The policy findings are about comments not yet seen, so they hide no public one.
 */
function mergeJudgement(
	{ state, findings, editedAt }: RecheckedComment,
	content: readonly Finding[],
): Judgement {
	const current = state === "published" ? content.filter(({ rule }) => !rule.startsWith("policy_")) : content;
	const judgement = strictestVerdict([...arrivalFindings(findings ?? []), ...current]);
	const staysHeld = state === "held" && editedAt !== null && judgement.state === "published";
	return staysHeld ? { ...judgement, state } : judgement;
}
