import { linksOf } from "../comments/links.ts";
import { noFormSignals } from "../comments/submit.ts";
import type { Judgement } from "../comments/verdict.ts";
import type { Block } from "./blocks.ts";
import { emptyEvidence } from "./evidence.ts";
import { foldDraft, type Policy } from "./policy.ts";
import type { ModeratedComment } from "./queue.ts";
import { type Candidate, judgeByRules } from "./rule.ts";
import { rulesWithSettings } from "./rules.ts";

/**
 * Most comments a dry run covers, the latest ones, and the most comments and characters of one request: a Worker cannot read
 * how much of its processor time is left.
 */
export const dryRunLimits = { all: 1000, comments: 50, characters: 15_000 } as const;

/** A comment with its judgement under the saved settings and under the proposed ones. */
export type DryRunResult = { comment: ModeratedComment; now: Judgement; would: Judgement };

/** The comments tested and changed so far, and the one to continue after; null at the start and at the end. */
export type DryRunProgress = { total: number; changed: number; after: number | null };

/**
 * Judges as many of the comments as one request may, and lists those that a changed policy would judge differently. Skips
 * the blog's own and erased ones.
 */
export async function dryRun(
	comments: readonly ModeratedComment[],
	{ from, to, blocks }: { from: Policy; to: Policy; blocks: readonly Block[] },
): Promise<{ judged: readonly ModeratedComment[]; differing: readonly DryRunResult[] }> {
	const judged = firstWithin(comments);
	const blocked = new Set(blocks.map(({ kind, value }) => `${kind}:${value}`));
	const results = await Promise.all(
		judged
			.filter(({ source, byAuthor }) => source !== "" && !byAuthor)
			.map(async (comment) => {
				const candidate = await asCandidate(comment, blocked);
				const judge = (policy: Policy) => judgeByRules(rulesWithSettings, candidate, policy);
				return { comment, now: judge(from), would: judge(to) };
			}),
	);
	return { judged, differing: results.filter(({ now, would }) => now.state !== would.state) };
}

/** Returns the first comments within the limits of a request, at least one. */
function firstWithin(comments: readonly ModeratedComment[]): readonly ModeratedComment[] {
	let characters = 0;
	const end = comments.findIndex(({ source }, at) => {
		characters += source.length;
		return at > 0 && characters > dryRunLimits.characters;
	});
	return comments.slice(0, Math.min(end < 0 ? comments.length : end, dryRunLimits.comments));
}

async function asCandidate(comment: ModeratedComment, blocked: ReadonlySet<string>): Promise<Candidate> {
	const { name, email, website, source, html, visitor, postId, state, history } = comment;
	const draft = { name, email, website, text: source };
	const links = await linksOf({ html, website });
	return {
		draft,
		links,
		folded: foldDraft(draft, links),
		postId,
		visitor,
		network: null,
		formSignals: noFormSignals,
		now: comment.createdAt,
		languages: { post: "", site: [], scripts: [] },
		overLimit: false,
		evidence: {
			...emptyEvidence,
			// The comment itself does not make its author known.
			known: history.published - (state === "published" ? 1 : 0) > 0,
			blocked: [
				...(blocked.has(`visitor:${visitor}`) ? (["visitor"] as const) : []),
				...(email !== null && blocked.has(`email:${email.toLowerCase()}`) ? (["email"] as const) : []),
			],
		},
	};
}
