import { hostsOf } from "../comments/links.ts";
import { digestOfSaid } from "../comments/said.ts";
import type { Judge } from "../comments/submit.ts";
import type { HistoryReader } from "./history.ts";
import type { StandardsRepository } from "./repository.ts";
import { judgeByRules, type Languages } from "./rule.ts";
import { rules } from "./rules.ts";
import { standardsWith } from "./settings.ts";
import { recently, type Standards } from "./standards.ts";

/** Whether a network, by its digest, has just sent more comments than the platform's rate limit allows. */
export type OverLimit = (network: string) => Promise<boolean>;

/** Every rule as a judge: reads what they need of the past and of the owner's settings in one go, then asks them all. */
export function judgeBy(
	site: Standards,
	kept: Pick<StandardsRepository, "settings">,
	read: HistoryReader,
	languagesAt: (postId: string, now: number) => Languages,
	isOverLimit: OverLimit,
): Judge {
	return async (submission) => {
		const { draft, postId, visitor, network, now } = submission;
		const said = await digestOfSaid(draft.text);
		const [history, settings, overLimit] = await Promise.all([
			read({
				postId,
				visitor,
				email: draft.email,
				network,
				said,
				hosts: hostsOf(draft),
				recentSince: now - recently,
				flood: site.floodLimit,
			}),
			kept.settings(),
			network === null ? false : isOverLimit(network),
		]);
		const candidate = { ...submission, languages: languagesAt(postId, now), history, overLimit };
		return judgeByRules(rules, candidate, standardsWith(site, settings));
	};
}
