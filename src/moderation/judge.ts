import type { Finding } from "../comments/judgement.ts";
import { hostsOf } from "../comments/links.ts";
import { digestOfSaid } from "../comments/said.ts";
import type { Judge, Replaced } from "../comments/submit.ts";
import type { HistoryReader } from "./history.ts";
import { type Candidate, judgeByRules, judgementOf, type Languages } from "./rule.ts";
import { ofTheMoment, rules, stepUpRules } from "./rules.ts";
import { findingOf, type SecondOpinion } from "./second-opinion.ts";
import { standardsWith } from "./settings.ts";
import { recently, type Standards } from "./standards.ts";

/** Whether a network, by its digest, has just sent more comments than the platform's rate limit allows. */
export type OverLimit = (network: string) => Promise<boolean>;

/** Who is asked beside the rules; `secondOpinion` is null where nobody else is. */
export type Others = { isOverLimit: OverLimit; secondOpinion: SecondOpinion | null };

/** Every rule as a judge: reads what they need of the past and of the owner's settings in one go, then asks them all. */
export function judgeBy(
	site: Standards,
	read: HistoryReader,
	languagesAt: (postId: string, now: number) => Languages,
	{ isOverLimit, secondOpinion }: Others,
): Judge {
	return async (submission) => {
		const { draft, postId, visitor, network, now, arrival, replaces } = submission;
		const said = await digestOfSaid(draft.text);
		const [{ history, settings }, overLimit] = await Promise.all([
			read({
				postId,
				visitor,
				email: draft.email,
				network,
				said,
				hosts: hostsOf(draft),
				recentSince: now - recently,
				flood: site.floodLimit,
				...(replaces === undefined ? {} : { itself: replaces.id }),
			}),
			network === null ? false : isOverLimit(network),
		]);
		const candidate = { ...submission, languages: languagesAt(postId, now), history, overLimit };
		const standards = standardsWith(site, settings);
		const { findings } = judgeByRules(rules, candidate, standards);
		const judgement = judgementOf(beside(stillTrue(replaces), findings));
		if (arrival === undefined || judgement.state === "spam") return judgement;
		// After the rules and not beside them: about friends, and what is spam already, nothing is told to anybody.
		const asked = secondOpinion === null || history.known ? null : await secondOpinion(submission, arrival);
		const opinion = asked === null ? null : findingOf(asked);
		// Whose words are changed has taken the step they were asked for, or waits for a person. Beside what else was found the
		// step is never taken, and written down only so that the comment is not published unseen when the rest has fallen away.
		const owed = replaces === undefined ? stepUp(candidate, standards) : [];
		return judgementOf(beside(judgement.findings, [...(opinion === null ? [] : [opinion]), ...owed]));
	};
}

/**
 * What was found about the moment a waiting comment came, and holds whatever it says now. Where that made it spam, a person
 * has put it back since.
 */
function stillTrue(replaces: Replaced | undefined): readonly Finding[] {
	if (replaces?.state !== "held") return [];
	return ofTheMoment(replaces.findings).map((finding) => ({ ...finding, verdict: "hold" }));
}

/** What was found before and is now; of the same name, what is now. */
function beside(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
	return [...before.filter(({ rule }) => now.every((finding) => finding.rule !== rule)), ...now];
}

/** The one step a newcomer is to take, if any. */
function stepUp(candidate: Candidate, standards: Standards): readonly Finding[] {
	for (const rule of stepUpRules) {
		const finding = rule(candidate, standards);
		if (finding !== null) return [finding];
	}
	return [];
}

/** Tells whether the site is being flooded at an instant (epoch milliseconds), when everything waits. */
export function floodGauge(site: Standards, read: HistoryReader): (now: number) => Promise<boolean> {
	const nobody = { postId: "", visitor: "", email: null, network: null, said: null, hosts: [] };
	return async (now) => {
		const { history } = await read({ ...nobody, recentSince: now - recently, flood: site.floodLimit });
		return history.everywhere >= site.floodLimit;
	};
}
