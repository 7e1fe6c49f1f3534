import * as v from "valibot";
import { signToken, tokenKind, verifyToken } from "../tokens/token.ts";
import type { Page, Post } from "./post.ts";

/** Default lifetime of a preview link, in milliseconds. */
export const previewLifetime = 7 * 86_400_000;

/** Grants access to one unpublished post; the subject is the post's id. */
export const previewToken = tokenKind("preview", v.object({ sub: v.string() }), {
	lifetime: previewLifetime,
});

/** Signs a token that grants access to an unpublished post until an instant (epoch milliseconds). */
export function signPreview({ id }: Pick<Post, "id">, secret: string, until: number): Promise<string> {
	return signToken(previewToken, { sub: id }, secret, { expiresAt: until });
}

/** Whether a token grants access to this post at `now` (epoch milliseconds). */
export async function verifyPreview(
	token: string,
	post: Post | Page,
	secret: string,
	now: number,
): Promise<boolean> {
	return (await verifyToken(previewToken, token, secret, now))?.sub === post.id;
}
