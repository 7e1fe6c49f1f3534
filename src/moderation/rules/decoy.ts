import { found, type Rule } from "../rule.ts";

/** The form has a field that people do not see; what fills in every field fills in that one too. */
export const decoy: Rule = ({ signs }) => (signs.decoyFilled ? found("decoy", "spam") : null);
