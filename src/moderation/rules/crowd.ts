import { found, type Rule } from "../rule.ts";

/** Comments from one network in ten minutes beyond which newcomers from there wait; a classroom may share it. */
const burstLimit = 8;

/** Many comments from one network at once. Strangers may share it, so theirs wait and are not thrown away. */
export const burst: Rule = ({ history: { fromNetwork, known } }) =>
	fromNetwork >= burstLimit && !known ? found("burst", "hold", fromNetwork) : null;

/** The breaker: while the site is flooded, every comment waits. */
export const flood: Rule = ({ history: { everywhere } }, { floodLimit }) =>
	everywhere >= floodLimit ? found("flood", "hold", everywhere) : null;
