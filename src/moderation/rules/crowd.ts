import { found, type Rule } from "../rule.ts";

/** Comments from one network in ten minutes beyond which newcomers from there wait; a classroom may share it. */
const burstLimit = 8;

/**
 * Many comments from one network at once. Strangers may share it, so theirs wait and are not thrown away; beyond the
 * platform's limit everybody's do, since those sent all at once are not in the count of any.
 */
export const burst: Rule = ({ overLimit, history: { fromNetwork, known } }) => {
	if (overLimit) return found("burst_at_once", "hold");
	return fromNetwork >= burstLimit && !known ? found("burst", "hold", fromNetwork) : null;
};

/** The breaker: while the site is flooded, every comment waits. */
export const flood: Rule = ({ history: { everywhere } }, { floodLimit }) =>
	everywhere >= floodLimit ? found("flood", "hold", everywhere) : null;
