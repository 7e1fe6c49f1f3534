import { finding, type Rule } from "../rule.ts";

/** Comments from one network in ten minutes at which its first-time commenters are held; a classroom may share it. */
const burstLimit = 8;

/**
 * Holds comments from a network that sends many, but those of visitors published before the burst: a first comment that was
 * published during it earns nothing. Beyond the platform's rate limit everybody's are held, since concurrent requests do not
 * count each other.
 */
export const burst: Rule = ({ overLimit, evidence: { recentFromNetwork: fromNetwork, knownEarlier } }) => {
	if (overLimit) return finding("rate_limit", "hold");
	return fromNetwork >= burstLimit && !knownEarlier ? finding("burst", "hold", fromNetwork) : null;
};

/** Holds every comment while the site is flooded. */
export const flood: Rule = ({ evidence: { recentOnSite: everywhere } }, { floodLimit }) =>
	everywhere >= floodLimit ? finding("flood", "hold", everywhere) : null;
