import { contentHash as hashContent } from "../comments/content-hash.ts";
import { linksOf, linkTargetsOf } from "../comments/links.ts";
import type { Judge, PreviousVersion, Submission } from "../comments/submit.ts";
import type { Finding, Judgement } from "../comments/verdict.ts";
import type { ReachedLimit, Write } from "../comments/write-limits.ts";
import type { Log } from "../log.ts";
import type { EvidenceReader } from "./evidence.ts";
import { foldDraft, type Policy, recentWindow } from "./policy.ts";
import {
	type Candidate,
	holdAtMost,
	isByKnown,
	judgeByRules,
	type Languages,
	strictestVerdict,
} from "./rule.ts";
import { arrivalFindings, challengeRules, rules } from "./rules.ts";
import { policyWith } from "./settings.ts";
import { findingOf, type SpamService } from "./spam-service.ts";

/** Whether a network, by its digest, has just exceeded the platform's rate limit for comments. */
export type RateLimitCheck = (network: string, log: Log) => Promise<boolean>;

/** External services consulted in addition to the rules; `spamService` is null where none is configured. */
export type ExternalChecks = { isOverLimit: RateLimitCheck; spamService: SpamService | null };

/** Creates the judge of new and edited comments. It reads evidence and settings in one query, then runs every rule. */
export function createJudge(
	site: Policy,
	read: EvidenceReader,
	languagesAt: (postId: string, now: number) => Languages,
	{ isOverLimit, spamService }: ExternalChecks,
): Judge {
	async function judge(submission: Submission): Promise<Judgement>;
	async function judge(submission: Submission, write?: Write): Promise<Judgement | ReachedLimit>;
	async function judge(submission: Submission, write?: Write): Promise<Judgement | ReachedLimit> {
		const { draft, html, postId, visitor, network, now, log, requestOrigin, replaces } = submission;
		const links = await linksOf({ html, website: draft.website });
		const contentHash = await hashContent(draft.text);
		const [{ evidence, settings, reached }, overLimit] = await Promise.all([
			read({
				postId,
				visitor,
				email: draft.email,
				network,
				earlierNetworks: submission.earlierNetworks ?? [],
				contentHash,
				linkTargets: linkTargetsOf(links),
				recentSince: now - recentWindow,
				now,
				countLimit: site.floodLimit,
				...(replaces === undefined ? {} : { exceptId: replaces.id }),
				...(write === undefined ? {} : { write }),
			}),
			network === null ? false : isOverLimit(network, log),
		]);
		if (reached !== null) return reached;
		const candidate = {
			...{ ...submission, links, folded: foldDraft(draft, links), evidence, overLimit },
			languages: languagesAt(postId, now),
		};
		const policy = policyWith(site, settings);
		const { findings } = judgeByRules(rules, candidate, policy);
		const judgement = strictestVerdict(mergeFindings(inheritedFindings(replaces), findings));
		if (requestOrigin === undefined || judgement.state === "spam") return judgement;
		// Runs after the rules, not with them: comments of known visitors, and clear spam, are never sent to a third party.
		const answer =
			spamService === null || evidence.known ? null : await spamService(submission, requestOrigin);
		const found = answer === null ? null : findingOf(answer);
		const external = found !== null && isByKnown(candidate) ? holdAtMost(found) : found;
		// An edited comment has passed its challenge or waits for a moderator. Beside other findings the challenge is never
		// offered, only recorded, so that the comment is not published unseen once the other findings no longer apply.
		const challenges = replaces === undefined ? challengeFindings(candidate, policy) : [];
		return strictestVerdict(
			mergeFindings(judgement.findings, [...(external === null ? [] : [external]), ...challenges]),
		);
	}
	return judge;
}

/**
 * Returns the arrival findings an edited comment keeps while it is held, whatever its new text. Those that made it spam
 * now only hold it: a moderator has moved it back since.
 */
function inheritedFindings(replaces: PreviousVersion | undefined): readonly Finding[] {
	if (replaces?.state !== "held") return [];
	return arrivalFindings(replaces.findings).map((finding) => ({ ...finding, verdict: "hold" }));
}

/** Merges two lists of findings; of one rule, the new finding replaces the old. */
function mergeFindings(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
	return [...before.filter(({ rule }) => now.every((finding) => finding.rule !== rule)), ...now];
}

/** Returns the finding of the first challenge rule that applies, if any. */
function challengeFindings(candidate: Candidate, policy: Policy): readonly Finding[] {
	for (const rule of challengeRules) {
		const finding = rule(candidate, policy);
		if (finding !== null) return [finding];
	}
	return [];
}

/** Creates the check whether the site is flooded at an instant (epoch milliseconds), when every comment is held. */
export function createFloodCheck(site: Policy, read: EvidenceReader): (now: number) => Promise<boolean> {
	const noSubmission = {
		postId: "",
		visitor: "",
		email: null,
		network: null,
		contentHash: null,
		linkTargets: [],
	};
	return async (now) => {
		const { evidence } = await read({
			...noSubmission,
			recentSince: now - recentWindow,
			now,
			countLimit: site.floodLimit,
		});
		return evidence.recentOnSite >= site.floodLimit;
	};
}
