import { hostsOf } from "../comments/links.ts";
import { digestOfSaid } from "../comments/said.ts";
import type { Judge } from "../comments/submit.ts";
import type { HistoryReader } from "./history.ts";
import { judgeByRules, type Languages } from "./rule.ts";
import { rules } from "./rules.ts";
import { recently, type Standards } from "./standards.ts";

/** Every rule as a judge: reads what they need of the past in one go, then asks them all. */
export function judgeBy(
	standards: Standards,
	read: HistoryReader,
	languagesAt: (postId: string, now: number) => Languages,
): Judge {
	return async (submission) => {
		const { draft, postId, visitor, network, now } = submission;
		const history = await read({
			postId,
			visitor,
			network,
			said: await digestOfSaid(draft.text),
			hosts: hostsOf(draft),
			recentSince: now - recently,
			flood: standards.floodLimit,
		});
		return judgeByRules(rules, { ...submission, languages: languagesAt(postId, now), history }, standards);
	};
}
