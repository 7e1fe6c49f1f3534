import type { AppContext } from "./context.ts";
import { languageAskedFor } from "./strings/asked-for.ts";
import { interfaceLanguages } from "./strings/strings.ts";

/** The language of a page that only whoever asks will see. */
export function readerLanguage(c: AppContext): string {
	return languageAskedFor(
		c.req.header("Accept-Language"),
		interfaceLanguages,
		c.var.services.archive.site.language,
	);
}
