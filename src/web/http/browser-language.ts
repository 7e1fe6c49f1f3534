import { preferredLanguage } from "../ui/strings/preferred-language.ts";
import { interfaceLanguages } from "../ui/strings/strings.ts";
import type { AppContext } from "./context.ts";

/** Picks the interface language of a private page from `Accept-Language`. */
export function browserLanguage(c: AppContext): string {
	return preferredLanguage(
		c.req.header("Accept-Language"),
		interfaceLanguages,
		c.var.services.archive.site.language,
	);
}
