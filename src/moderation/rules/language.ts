import { type Script, scriptOf, scriptOfLanguage } from "../../text/scripts.ts";
import { finding, type Rule } from "../rule.ts";

/**
 * Holds a first-time comment in a script that neither the post, its thread nor the rest of the blog uses. Latin is a second
 * script to most people, so it is held only with a link.
 */
export const language: Rule = ({ draft, links, languages, evidence }) => {
	const script = scriptOf(draft.text);
	if (script === null || evidence.known) return null;
	const expected = new Set<Script | null>([
		...[languages.post, ...languages.site].map(scriptOfLanguage),
		...languages.scripts,
		...evidence.threadExcerpts.map(scriptOf),
	]);
	if (expected.has(script) || (script === "Latin" && links.length === 0)) return null;
	return finding("language", "hold", script);
};
