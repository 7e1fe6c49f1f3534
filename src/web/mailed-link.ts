import { BlogError } from "../errors.ts";
import type { AppContext } from "./context.ts";
import { stringsFor } from "./strings/strings.ts";
import { troubleOf } from "./thread.ts";

/** The answer to a link from a mail that is forged, used up or too old. */
export function lapsed(c: AppContext): BlogError {
	return new BlogError("gone", stringsFor(c.var.services.archive.site.language).linkLapsed);
}

/** Answers a store that fails behind such a link. */
export function linkDown(c: AppContext) {
	return (cause: unknown): never => {
		troubleOf(cause, c);
		const strings = stringsFor(c.var.services.archive.site.language);
		throw new BlogError("unavailable", strings.followUnavailable, { cause });
	};
}
