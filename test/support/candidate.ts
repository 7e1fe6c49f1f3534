import { anchorsIn } from "../../src/comments/anchors.ts";
import { renderCommentMarkdown } from "../../src/comments/markdown.ts";
import { noFormSignals } from "../../src/comments/submit.ts";
import { type Evidence, emptyEvidence } from "../../src/moderation/evidence.ts";
import { foldDraft, type Policy } from "../../src/moderation/policy.ts";
import type { Candidate } from "../../src/moderation/rule.ts";

/** Lists the links of a draft as `linksOf` does for its HTML, at once. */
export function linksIn({ text, website }: { text: string; website: string | null }): readonly string[] {
	return [...anchorsIn(renderCommentMarkdown(text)), ...(website === null ? [] : [website])];
}

/** Builds a harmless first-time comment on an English post, with a test's changes. */
export function candidate({
	text = "A thoughtful remark.",
	name = "Ann",
	email = null,
	website = null,
	evidence = {},
	...rest
}: Partial<Omit<Candidate, "evidence" | "draft"> & Candidate["draft"]> & {
	evidence?: Partial<Evidence>;
} = {}): Candidate {
	const draft = { name, email, website, text };
	const links = linksIn(draft);
	return {
		draft,
		links,
		folded: foldDraft(draft, links),
		postId: "here",
		visitor: "v",
		network: null,
		formSignals: noFormSignals,
		now: 0,
		languages: { post: "en", site: ["en"], scripts: [] },
		overLimit: false,
		evidence: { ...emptyEvidence, ...evidence },
		...rest,
	};
}

export const policy: Policy = {
	policy: "none",
	blockedWords: [],
	linkLimit: 4,
	floodLimit: 200,
	proofLimit: 100,
	turnstile: false,
};
