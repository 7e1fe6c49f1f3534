import { BlogError } from "../errors.ts";
import type { AppContext } from "./context.ts";
import { readerLanguage } from "./reader-language.ts";
import { stringsFor } from "./strings/strings.ts";
import { troubleOf } from "./thread.ts";

/** The answer to a link from a mail that is forged, used up or too old. */
export function lapsed(c: AppContext): BlogError {
	return new BlogError("gone", stringsFor(readerLanguage(c)).linkLapsed);
}

/** Answers a store that fails behind such a link. */
export function linkDown(c: AppContext) {
	return (cause: unknown): never => {
		troubleOf(cause, c);
		const strings = stringsFor(readerLanguage(c));
		throw new BlogError("unavailable", strings.followUnavailable, { cause });
	};
}
