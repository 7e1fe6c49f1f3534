import type { WrittenComment } from "../comments/authorship.ts";
import type { AppContext } from "./context.ts";
import { signOwn, verifyOwn } from "./tokens.ts";
import { knownVisitor } from "./visitor.ts";

/**
 * The address (path and query) at which whoever holds it may change and delete one comment. It is shown to its author
 * once and may be sent to the address they gave; it must reach nobody else.
 */
export async function ownAddress(comment: number, secret: string, now: number): Promise<string> {
	return `${editPath(comment)}?key=${await signOwn(comment, secret, now)}`;
}

/** Where a comment is changed by someone whose cookie says that it is theirs. */
export function editPath(comment: number): string {
	return `/comments/${comment}/edit`;
}

/** Whether the request comes from a comment's author: by their cookie, or by the key of their own link. */
export async function isAuthor(
	c: AppContext,
	comment: WrittenComment,
	key: string,
	secret: string,
): Promise<boolean> {
	if (key !== "" && (await verifyOwn(key, comment.id, secret, c.var.services.now()))) return true;
	const visitor = await knownVisitor(c, secret);
	return visitor !== null && visitor === comment.visitor;
}
