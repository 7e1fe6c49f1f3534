import { BlogError } from "../../errors.ts";
import { type Claims, type Token, type TokenKind, verifyToken } from "../../tokens/token.ts";
import { browserLanguage } from "../http/browser-language.ts";
import type { AppContext } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { stringsFor } from "../ui/strings/strings.ts";

/** Returns the claims of the token in a mailed link's path; throws if it is forged or expired, or if no mail can be sent. */
export async function readMailedLink<Schema extends Claims>(
	c: AppContext,
	kind: TokenKind<Schema>,
): Promise<Token<Schema>> {
	const { mail, secrets, clock } = c.var.services;
	if (mail.readerNotifications === null || secrets.signing === null) throw expiredLinkError(c);
	const token = await verifyToken(kind, c.req.param("token") ?? "", secrets.signing, clock.now());
	if (token === null) throw expiredLinkError(c);
	return token;
}

/** Returns the error for a mailed link that is forged, used or expired. */
export function expiredLinkError(c: AppContext): BlogError {
	return new BlogError("gone", stringsFor(browserLanguage(c)).linkExpired);
}

/** Returns a handler that turns a database failure behind such a link into an `unavailable` error. */
export function linkUnavailable(c: AppContext) {
	return (cause: unknown): never => {
		logDatabaseFailure(cause, c);
		const strings = stringsFor(browserLanguage(c));
		throw new BlogError("unavailable", strings.unavailable, { cause });
	};
}
