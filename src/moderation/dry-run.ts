import type { Judgement } from "../comments/judgement.ts";
import { noSigns } from "../comments/submit.ts";
import { blankHistory } from "./history.ts";
import type { DeskComment } from "./queue.ts";
import { type Candidate, judgeByRules } from "./rule.ts";
import { settableRules } from "./rules.ts";
import type { Block } from "./settings.ts";
import type { Standards } from "./standards.ts";

/** How many of the latest comments new rules are tried on. */
export const triedOn = 1000;

/** What the rules as they are would do with a comment, and what they would do once changed. */
export type Tried = { comment: DeskComment; now: Judgement; would: Judgement };

/** Every comment that changed standards would decide about differently. The blog's own, and what is gone, stay out. */
export function dryRun(
	comments: readonly DeskComment[],
	{ from, to, blocks }: { from: Standards; to: Standards; blocks: readonly Block[] },
): readonly Tried[] {
	const blocked = new Set(blocks.map(({ kind, value }) => `${kind}:${value}`));
	return comments
		.filter(({ source, byAuthor }) => source !== "" && !byAuthor)
		.map((comment) => {
			const candidate = asItCame(comment, blocked);
			const judge = (standards: Standards) => judgeByRules(settableRules, candidate, standards);
			return { comment, now: judge(from), would: judge(to) };
		})
		.filter(({ now, would }) => now.state !== would.state);
}

function asItCame(comment: DeskComment, blocked: ReadonlySet<string>): Candidate {
	const { name, email, website, source, visitor, postId, state, history } = comment;
	return {
		draft: { name, email, website, text: source },
		postId,
		visitor,
		network: null,
		signs: noSigns,
		now: comment.createdAt,
		languages: { post: "", site: [] },
		overLimit: false,
		history: {
			...blankHistory,
			// What this very comment earned later does not count.
			known: history.published - (state === "published" ? 1 : 0) > 0,
			blocked: [
				...(blocked.has(`visitor:${visitor}`) ? (["visitor"] as const) : []),
				...(email !== null && blocked.has(`email:${email.toLowerCase()}`) ? (["email"] as const) : []),
			],
		},
	};
}
