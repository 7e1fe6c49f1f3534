import { BlogError, type BlogErrorCode } from "../../errors.ts";
import { isAdminPath } from "../../posts/engine-paths.ts";
import { fill, type Strings, stringsFor } from "../ui/strings/strings.ts";
import { browserLanguage } from "./browser-language.ts";
import type { AppContext } from "./context.ts";

/** An error whose message is a string of the interface, in the language of the page that shows it. */
export class LocalizedError extends BlogError {
	readonly key: TextKey;
	readonly values: Record<string, string>;

	constructor(
		code: BlogErrorCode,
		key: TextKey,
		options: ErrorOptions & { values?: Record<string, string> } = {},
	) {
		const { values = {}, ...rest } = options;
		super(code, fill(stringsFor("en")[key], values), rest);
		this.key = key;
		this.values = values;
	}

	/** Returns the message in a language. */
	messageIn(lang: string): string {
		return fill(stringsFor(lang)[this.key], this.values);
	}
}

/** Names of the strings that are a text, not one for each plural form. */
type TextKey = { [Key in keyof Strings]: Strings[Key] extends string ? Key : never }[keyof Strings];

/** Returns the language of an error page: the reader's for the admin, else the site's. */
export function errorLanguage(c: AppContext): string {
	return isAdminPath(c.req.path) ? browserLanguage(c) : c.var.services.archive.site.language;
}
