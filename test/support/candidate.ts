import { noSigns } from "../../src/comments/submit.ts";
import { blankHistory, type History } from "../../src/moderation/history.ts";
import type { Candidate } from "../../src/moderation/rule.ts";
import type { Standards } from "../../src/moderation/standards.ts";

/** A newcomer's harmless comment on an English post, except for what a test says. */
export function candidate({
	text = "A thoughtful remark.",
	name = "Ann",
	email = null,
	website = null,
	history = {},
	...rest
}: Partial<Omit<Candidate, "history" | "draft"> & Candidate["draft"]> & {
	history?: Partial<History>;
} = {}): Candidate {
	return {
		draft: { name, email, website, text },
		postId: "here",
		visitor: "v",
		network: null,
		signs: noSigns,
		now: 0,
		languages: { post: "en", site: ["en"] },
		overLimit: false,
		history: { ...blankHistory, ...history },
		...rest,
	};
}

export const standards: Standards = {
	policy: "none",
	words: [],
	linkLimit: 4,
	floodLimit: 200,
	proofLimit: 100,
	turnstile: false,
};
