import type { Finding } from "../comments/verdict.ts";
import type { Rule } from "./rule.ts";
import { blockedCommenter, blockedNetwork } from "./rules/blocked.ts";
import { blockedWords } from "./rules/blocked-words.ts";
import { proofOfWork, turnstile } from "./rules/challenge.ts";
import { classifier } from "./rules/classifier.ts";
import { duplicateText } from "./rules/duplicate-text.ts";
import { burst, flood } from "./rules/flood.ts";
import { honeypot } from "./rules/honeypot.ts";
import { language } from "./rules/language.ts";
import { links, reputation } from "./rules/links.ts";
import { moderationPolicy } from "./rules/moderation-policy.ts";
import { paused } from "./rules/paused.ts";
import { tooFast } from "./rules/too-fast.ts";

/** Every rule, in the order moderators read their findings. Add a function and a line to add a rule. */
export const rules: readonly Rule[] = [
	honeypot,
	blockedCommenter,
	blockedNetwork,
	blockedWords,
	reputation,
	duplicateText,
	links,
	classifier,
	language,
	tooFast,
	burst,
	flood,
	paused,
	moderationPolicy,
];

/**
 * The challenges for a first-time commenter's browser when there are no other findings; the first that applies is enough.
 * A comment that a moderator has to read anyway is not challenged: there the finding is only recorded.
 */
export const challengeRules: readonly Rule[] = [turnstile, proofOfWork];

/** Rules about how and when a comment arrived, which cannot be applied again later. */
const arrivalRules: ReadonlySet<Rule> = new Set([honeypot, tooFast, burst, flood, paused]);

/** Rules about text, links and people, which can be applied again at any time. */
export const contentRules: readonly Rule[] = rules.filter((rule) => !arrivalRules.has(rule));
/** The names of findings by {@link contentRules}; every other finding is about the arrival. */
export const contentFindings: ReadonlySet<string> = new Set([
	"blocked_visitor",
	"blocked_email",
	"blocked_network",
	"blocked_word",
	"host_reputation",
	"duplicate_text",
	"duplicate_spam",
	"links",
	"classifier",
	"language",
	"policy_all",
	"policy_first",
]);

/** Returns the findings about a comment's arrival, which stay true whatever is edited or learned later. */
export const arrivalFindings = (findings: readonly Finding[]): readonly Finding[] =>
	findings.filter(({ rule }) => !contentFindings.has(rule));

/** Rules that depend on the settings page; a dry run applies them to stored comments. */
export const rulesWithSettings: readonly Rule[] = [blockedCommenter, blockedWords, links, moderationPolicy];
