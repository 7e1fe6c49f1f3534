import { hostsOf } from "../comments/links.ts";
import { digestOfSaid } from "../comments/said.ts";
import type { Judge } from "../comments/submit.ts";
import type { HistoryReader } from "./history.ts";
import { judgeByRules, type Languages } from "./rule.ts";
import { rules } from "./rules.ts";
import { standardsWith } from "./settings.ts";
import { recently, type Standards } from "./standards.ts";

/** Every rule as a judge: reads what they need of the past and of the owner's settings in one go, then asks them all. */
export function judgeBy(
	site: Standards,
	read: HistoryReader,
	languagesAt: (postId: string, now: number) => Languages,
): Judge {
	return async (submission) => {
		const { draft, postId, visitor, network, now } = submission;
		const said = await digestOfSaid(draft.text);
		const { history, settings } = await read({
			postId,
			visitor,
			email: draft.email,
			network,
			said,
			hosts: hostsOf(draft),
			recentSince: now - recently,
			flood: site.floodLimit,
		});
		const candidate = { ...submission, languages: languagesAt(postId, now), history };
		return judgeByRules(rules, candidate, standardsWith(site, settings));
	};
}
