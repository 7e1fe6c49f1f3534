import { BlogError } from "../../errors.ts";
import { browserLanguage } from "../http/browser-language.ts";
import type { AppContext } from "../http/context.ts";
import { logThreadFailure } from "../site/read-thread.ts";
import { stringsFor } from "../ui/strings/strings.ts";

/** Returns the error for a mailed link that is forged, used or expired. */
export function expiredLinkError(c: AppContext): BlogError {
	return new BlogError("gone", stringsFor(browserLanguage(c)).linkExpired);
}

/** Returns a handler that turns a database failure behind such a link into an `unavailable` error. */
export function linkUnavailable(c: AppContext) {
	return (cause: unknown): never => {
		logThreadFailure(cause, c);
		const strings = stringsFor(browserLanguage(c));
		throw new BlogError("unavailable", strings.unavailable, { cause });
	};
}
