import { linksOf } from "../../comments/links.ts";
import { type Script, scriptOf, scriptOfLanguage } from "../../comments/script.ts";
import { found, type Rule } from "../rule.ts";

/**
 * A newcomer's comment in a script that neither the post nor its thread is written in. Latin is everybody's second script,
 * and what the blog is written in elsewhere its readers write too: there it takes a link as well.
 */
export const language: Rule = ({ draft, languages, history }) => {
	const script = scriptOf(draft.text);
	if (script === null || history.known) return null;
	const here = new Set<Script | null>([scriptOfLanguage(languages.post), ...history.thread.map(scriptOf)]);
	if (here.has(script)) return null;
	const near = script === "Latin" || languages.site.map(scriptOfLanguage).includes(script);
	return near && linksOf(draft).length === 0 ? null : found("language", "hold", script);
};
