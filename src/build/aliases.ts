import { pathKey } from "../posts/paths.ts";
import { list, type ParseResult, parsedText } from "./fields.ts";

/** Schema of `aliases` in front matter: old paths of a post or page. */
export const aliasFields = list(parsedText(parseAlias));

/** Returns the unique lookup keys of old paths, without the key of the current path. */
export function toAliasKeys(written: readonly string[], path: string): string[] {
	return [...new Set(written.map(pathKey))].filter((alias) => alias !== pathKey(path));
}

function parseAlias(alias: string): ParseResult<string> {
	if (!alias.startsWith("/"))
		return { error: `"${alias}" does not start with /; write a path such as /old/address/.` };
	if (/[?#]/.test(alias)) return { error: `"${alias}" is not just a path; remove the part from ? or # on.` };
	return { value: alias };
}
