import { noFormSignals } from "../comments/submit.ts";
import type { Judgement } from "../comments/verdict.ts";
import type { Block } from "./blocks.ts";
import { emptyEvidence } from "./evidence.ts";
import type { Policy } from "./policy.ts";
import type { ModeratedComment } from "./queue.ts";
import { type Candidate, judgeByRules } from "./rule.ts";
import { rulesWithSettings } from "./rules.ts";

/** Most comments a dry run covers, the latest ones. */
export const dryRunLimit = 1000;

/** A comment with its judgement under the saved settings and under the proposed ones. */
export type DryRunResult = { comment: ModeratedComment; now: Judgement; would: Judgement };

/** Lists the comments a changed policy would judge differently, except the blog's own and erased ones. */
export function dryRun(
	comments: readonly ModeratedComment[],
	{ from, to, blocks }: { from: Policy; to: Policy; blocks: readonly Block[] },
): readonly DryRunResult[] {
	const blocked = new Set(blocks.map(({ kind, value }) => `${kind}:${value}`));
	return comments
		.filter(({ source, byAuthor }) => source !== "" && !byAuthor)
		.map((comment) => {
			const candidate = asCandidate(comment, blocked);
			const judge = (policy: Policy) => judgeByRules(rulesWithSettings, candidate, policy);
			return { comment, now: judge(from), would: judge(to) };
		})
		.filter(({ now, would }) => now.state !== would.state);
}

function asCandidate(comment: ModeratedComment, blocked: ReadonlySet<string>): Candidate {
	const { name, email, website, source, visitor, postId, state, history } = comment;
	return {
		draft: { name, email, website, text: source },
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
