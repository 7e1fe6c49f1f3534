import { noFormSignals } from "../../src/comments/submit.ts";
import { type Evidence, emptyEvidence } from "../../src/moderation/evidence.ts";
import type { Policy } from "../../src/moderation/policy.ts";
import type { Candidate } from "../../src/moderation/rule.ts";

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
	return {
		draft: { name, email, website, text },
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
