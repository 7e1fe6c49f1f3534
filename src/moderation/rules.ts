import type { Finding } from "../comments/judgement.ts";
import type { Rule } from "./rule.ts";
import { bannedPerson, blockedNetwork } from "./rules/blocked.ts";
import { burst, flood } from "./rules/crowd.ts";
import { decoy } from "./rules/decoy.ts";
import { language } from "./rules/language.ts";
import { likeness } from "./rules/likeness.ts";
import { links, reputation } from "./rules/links.ts";
import { policy } from "./rules/policy.ts";
import { quick } from "./rules/quick.ts";
import { repeated } from "./rules/repeated.ts";
import { proof, turnstile } from "./rules/step-up.ts";
import { words } from "./rules/words.ts";

/** Every rule; the order is that in which a moderator reads their findings. Add a function and a line to add a rule. */
export const rules: readonly Rule[] = [
	decoy,
	bannedPerson,
	blockedNetwork,
	words,
	reputation,
	repeated,
	links,
	likeness,
	language,
	quick,
	burst,
	flood,
	policy,
];

/**
 * What a newcomer's browser is asked for when nothing else speaks against a comment; the first that asks is enough. A
 * comment a person has to look at anyway is not worth anybody's work: there it is only written down.
 */
export const stepUpRules: readonly Rule[] = [turnstile, proof];

/** Those about the moment a comment came, which cannot be asked about it again. */
const momentary: ReadonlySet<Rule> = new Set([decoy, quick, burst, flood]);

/**
 * Those that go by what is known of words, links and people, and so can be asked again about a comment that has long been
 * here; and the names of what they find. Whatever else was found is about the moment it came.
 */
export const lastingRules: readonly Rule[] = rules.filter((rule) => !momentary.has(rule));
export const lastingFindings: ReadonlySet<string> = new Set([
	"person",
	"email",
	"network",
	"word",
	"host",
	"repeated",
	"repeated_spam",
	"links",
	"likeness",
	"language",
	"policy_all",
	"policy_first",
]);

/** Of what was found about a comment, what stays true of the moment it came, whatever is known or said since. */
export const ofTheMoment = (findings: readonly Finding[]): readonly Finding[] =>
	findings.filter(({ rule }) => !lastingFindings.has(rule));

/** Those that go by what the rules page sets; they can be asked about a comment long after it came. */
export const settableRules: readonly Rule[] = [bannedPerson, words, links, policy];
