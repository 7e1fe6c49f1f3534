import { linksOf } from "../../comments/links.ts";
import { type Script, scriptOf, scriptOfLanguage } from "../../comments/script.ts";
import { found, type Rule } from "../rule.ts";

/**
 * A newcomer's comment in a script that neither the post, nor its thread, nor the rest of the blog is written in. Latin is
 * everybody's second script: there it takes a link as well.
 */
export const language: Rule = ({ draft, languages, history }) => {
	const script = scriptOf(draft.text);
	if (script === null || history.known) return null;
	const here = new Set<Script | null>([
		...[languages.post, ...languages.site].map(scriptOfLanguage),
		...history.thread.map(scriptOf),
	]);
	if (here.has(script) || (script === "Latin" && linksOf(draft).length === 0)) return null;
	return found("language", "hold", script);
};
