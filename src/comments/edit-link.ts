import * as v from "valibot";
import { isSameRow, nameRow, type Row, rowSchema } from "../tokens/row.ts";
import { signToken, tokenKind, verifyToken } from "../tokens/token.ts";

/** Authorizes editing and deleting one comment; valid as long as the visitor's cookie. */
export const editToken = tokenKind("edit", v.object({ comment: rowSchema }), { lifetime: 365 * 86_400_000 });

/** Returns the edit path of a comment for a visitor whose cookie shows that it is theirs. */
export function editPath(comment: number): string {
	return `/comments/${comment}/edit`;
}

/**
 * Signs a path and query whose bearer may edit and delete one comment, for a year from `now` (epoch milliseconds). It is
 * shown to the author once and mailed to the address they gave; nobody else may receive it.
 */
export async function signedEditPath(comment: Row, secret: string, now: number): Promise<string> {
	const key = await signToken(editToken, { comment: nameRow(comment) }, secret, { now });
	return `${editPath(comment.id)}?key=${key}`;
}

/** Whether a token authorizes editing this comment. */
export async function verifyEditToken(
	token: string,
	comment: Row,
	secret: string,
	now: number,
): Promise<boolean> {
	const verified = await verifyToken(editToken, token, secret, now);
	return verified !== null && isSameRow(verified.comment, comment);
}
