import { pathKey } from "../posts/paths.ts";
import { list, type Reading, read } from "./fields.ts";

/** `aliases` in front matter: old paths of a post or page. */
export const aliasFields = list(read(parseAlias));

/** The keys under which old paths are looked up, each once, and never the path of today. */
export function aliasKeys(written: readonly string[], path: string): string[] {
	return [...new Set(written.map(pathKey))].filter((alias) => alias !== pathKey(path));
}

function parseAlias(alias: string): Reading<string> {
	if (!alias.startsWith("/"))
		return { wrong: `"${alias}" does not begin with /; write a path such as /old/address/.` };
	if (/[?#]/.test(alias))
		return { wrong: `"${alias}" is more than a path; write only what comes before ? or #.` };
	return { value: alias };
}
