import { beforeEach, describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { noFormSignals, type Submission } from "../../../src/comments/submit.ts";
import type { Finding } from "../../../src/comments/verdict.ts";
import type { ReachedLimit, Write } from "../../../src/comments/write-limits.ts";
import { type Evidence, type EvidenceQuery, emptyEvidence } from "../../../src/moderation/evidence.ts";
import { createFloodCheck, createJudge } from "../../../src/moderation/judge.ts";
import { initialSettings, type Settings } from "../../../src/moderation/settings.ts";
import type { SpamServiceAnswer } from "../../../src/moderation/spam-service.ts";
import { policy } from "../../support/candidate.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const requestOrigin = { address: "192.0.2.1", userAgent: "Firefox" };

let evidence: Partial<Evidence>;
let settings: Settings;
let queries: EvidenceQuery[];
let overLimit: string[];
let answer: SpamServiceAnswer;
let asked: Submission[];
let site: typeof policy;
let reached: ReachedLimit | null;

beforeEach(() => {
	evidence = {};
	settings = initialSettings;
	queries = [];
	overLimit = [];
	answer = { verdict: "fine" };
	asked = [];
	site = policy;
	reached = null;
});

const read = async (query: EvidenceQuery) => {
	queries.push(query);
	return { evidence: { ...emptyEvidence, ...evidence }, settings, reached };
};

/** `requestOrigin: null` is a stored comment that is judged again. */
type Changes = Omit<Partial<Submission>, "requestOrigin"> & { text?: string; requestOrigin?: null };

function judge(changes: Changes = {}) {
	return judgeOf()(submissionOf(changes));
}

function judgeOf() {
	return createJudge(site, read, () => ({ post: "en", site: ["en"], scripts: [] }), {
		isOverLimit: async (network) => overLimit.includes(network),
		async spamService(submission) {
			asked.push(submission);
			return answer;
		},
	});
}

function submissionOf({
	text = "A thoughtful remark.",
	requestOrigin: origin,
	...rest
}: Changes): Submission {
	return {
		draft: { name: "Ann", email: "ann@mail.example", website: null, text },
		html: renderCommentMarkdown(text),
		postId: "hello",
		parentId: null,
		visitor: "v",
		formKey: null,
		network: "n",
		formSignals: noFormSignals,
		now,
		log: () => {},
		...(origin === null ? {} : { requestOrigin }),
		...rest,
	};
}

const rulesOf = ({ findings }: { findings: readonly Finding[] }) => findings.map(({ rule }) => rule);
const links = (count: number) =>
	Array.from({ length: count }, (_, number) => `https://a${number}.example`).join(" ");
const finding = (rule: string, verdict: Finding["verdict"] = "hold"): Finding => ({
	rule,
	verdict,
	detail: "",
});

describe("judging a comment", () => {
	it("publishes what no rule objects to, and reads its evidence once", async () => {
		expect(await judge()).toEqual({ state: "published", findings: [] });
		expect(queries).toMatchObject([
			{ postId: "hello", visitor: "v", email: "ann@mail.example", network: "n", countLimit: 200 },
		]);
		expect(queries[0]?.recentSince).toBe(now - 10 * 60_000);
		expect(queries[0]).not.toHaveProperty("exceptId");
	});

	it("reads the limits of a new comment with its evidence, and asks no service about one that is refused", async () => {
		const write: Write = { kind: "comment", network: "n", limit: { perHour: 1, perDay: 4 }, now };
		expect(await judgeOf()(submissionOf({}), write)).toEqual({ state: "published", findings: [] });
		expect(asked).toHaveLength(1);
		reached = { of: "network's hour", retryAfter: 60 };
		expect(await judgeOf()(submissionOf({ text: "Another one." }), write)).toEqual(reached);
		expect(asked).toHaveLength(1);
		expect(queries.map((query) => query.write)).toEqual([write, write]);
	});

	it("holds what a rule objects to, and rejects what is clearly spam", async () => {
		expect(await judge({ text: `Look at ${links(5)}` })).toMatchObject({
			state: "held",
			findings: [{ rule: "links" }],
		});
		const trapped = await judge({ formSignals: { honeypotFilled: true, elapsed: null } });
		expect([trapped.state, rulesOf(trapped)]).toEqual(["spam", ["honeypot"]]);
	});

	it("holds a known commenter at most, also for what the spam service says of an edit, unless a person blocked them", async () => {
		const trapped = { formSignals: { honeypotFilled: true, elapsed: null } };
		evidence = { known: true };
		expect(await judge(trapped)).toMatchObject({ state: "held", findings: [{ rule: "honeypot" }] });
		evidence = {};
		answer = { verdict: "blatant_spam" };
		const replaces = { id: 3, state: "published" as const, findings: [] };
		expect(await judge({ replaces })).toMatchObject({ state: "held", findings: [{ rule: "akismet" }] });
		evidence = { known: true, blocked: ["visitor"] };
		expect((await judge()).state).toBe("spam");
	});

	it("applies the settings over the site's policy", async () => {
		settings = { ...initialSettings, blockedWords: ["remark"], policy: "all" };
		expect(rulesOf(await judge())).toEqual(["blocked_word", "policy_all"]);
	});

	it("holds a comment from a network that exceeds the platform's limit, and asks for none without a network", async () => {
		overLimit = ["n"];
		expect((await judge()).state).toBe("held");
		expect((await judge({ network: null })).state).toBe("published");
	});
});

describe("the external spam service", () => {
	it("holds or rejects a comment that the rules let pass", async () => {
		answer = { verdict: "spam" };
		expect(await judge()).toMatchObject({ state: "held", findings: [{ rule: "akismet" }] });
		answer = { verdict: "blatant_spam" };
		expect(await judge()).toMatchObject({ state: "spam", findings: [{ rule: "akismet" }] });
	});

	it("holds a comment when it cannot be reached", async () => {
		answer = { unreachable: "timeout" };
		expect(await judge()).toMatchObject({
			state: "held",
			findings: [{ rule: "akismet_unreachable", detail: "timeout" }],
		});
	});

	it("is never asked about clear spam, known visitors or stored comments", async () => {
		answer = { verdict: "blatant_spam" };
		await judge({ formSignals: { honeypotFilled: true, elapsed: null } });
		evidence = { known: true };
		expect((await judge()).state).toBe("published");
		evidence = {};
		await judge({ requestOrigin: null });
		expect(asked).toEqual([]);
	});
});

describe("the challenge", () => {
	it("is what holds a newcomer's comment without other findings", async () => {
		site = { ...policy, turnstile: true };
		expect(await judge()).toMatchObject({ state: "held", findings: [{ rule: "turnstile" }] });
		evidence = { known: true };
		expect((await judge()).state).toBe("published");
	});

	it("is recorded beside other findings, so that they alone do not decide later", async () => {
		site = { ...policy, turnstile: true };
		expect(rulesOf(await judge({ text: links(5) }))).toEqual(["links", "turnstile"]);
	});

	it("is not asked for again when a comment is edited", async () => {
		site = { ...policy, turnstile: true };
		const replaces = { id: 3, state: "published" as const, findings: [] };
		expect(await judge({ replaces })).toEqual({ state: "published", findings: [] });
	});
});

describe("judging an edit", () => {
	it("does not count the comment itself as evidence", async () => {
		await judge({ replaces: { id: 3, state: "published", findings: [] } });
		expect(queries[0]?.exceptId).toBe(3);
	});

	it("keeps how a held comment arrived, which no other text changes; what made it spam now holds it", async () => {
		const findings = [finding("honeypot", "spam"), finding("links")];
		expect(await judge({ replaces: { id: 3, state: "held", findings } })).toEqual({
			state: "held",
			findings: [finding("honeypot")],
		});
	});

	it("forgets how a published comment arrived", async () => {
		const findings = [finding("too_fast")];
		expect((await judge({ replaces: { id: 3, state: "published", findings } })).state).toBe("published");
	});

	it("replaces a finding of the same rule", async () => {
		overLimit = ["n"];
		const [fresh] = (await judge()).findings;
		const old = { ...finding(fresh?.rule ?? ""), detail: "old" };
		const { findings } = await judge({ replaces: { id: 3, state: "held", findings: [old] } });
		expect(findings).toEqual([fresh]);
	});
});

describe("the flood check", () => {
	it("counts up to the site's limit, from ten minutes ago, and nothing about a visitor", async () => {
		const isFlooded = createFloodCheck(site, read);
		evidence = { recentOnSite: 199 };
		expect(await isFlooded(now)).toBe(false);
		evidence = { recentOnSite: 200 };
		expect(await isFlooded(now)).toBe(true);
		expect(queries[0]).toMatchObject({ visitor: "", email: null, network: null, countLimit: 200 });
		expect(queries[0]?.recentSince).toBe(now - 10 * 60_000);
	});
});
