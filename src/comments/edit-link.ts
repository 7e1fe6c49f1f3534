import * as v from "valibot";
import { signToken, tokenKind, verifyToken } from "../tokens/token.ts";

/** Authorizes editing and deleting one comment; valid as long as the visitor's cookie. */
export const editToken = tokenKind("edit", v.object({ comment: v.number() }), { lifetime: 365 * 86_400_000 });

/** Returns the edit path of a comment for a visitor whose cookie shows that it is theirs. */
export function editPath(comment: number): string {
	return `/comments/${comment}/edit`;
}

/**
 * Signs a path and query whose bearer may edit and delete one comment, for a year from `now` (epoch milliseconds). It is
 * shown to the author once and mailed to the address they gave; nobody else may receive it.
 */
export async function signedEditPath(comment: number, secret: string, now: number): Promise<string> {
	return `${editPath(comment)}?key=${await signToken(editToken, { comment }, secret, { now })}`;
}

/** Whether a token authorizes editing this comment. */
export async function verifyEditToken(
	token: string,
	comment: number,
	secret: string,
	now: number,
): Promise<boolean> {
	return (await verifyToken(editToken, token, secret, now))?.comment === comment;
}
