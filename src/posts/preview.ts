import type { Page, Post } from "./post.ts";

/** Query parameter of a preview link: `?preview=…`. */
export const previewParameter = "preview";

/** Default lifetime of a preview link, in milliseconds. */
export const previewLifetime = 7 * 86_400_000;

/** Signs a JWT (RFC 7519) that grants access to an unpublished post until an instant (epoch milliseconds). */
export async function signPreview(post: Pick<Post, "id">, secret: string, until: number): Promise<string> {
	const { SignJWT } = await jose();
	return new SignJWT()
		.setProtectedHeader({ alg: "HS256" })
		.setSubject(post.id)
		.setExpirationTime(Math.floor(until / 1000))
		.sign(keyFor(secret));
}

/** Whether a token grants access to this post at `now` (epoch milliseconds). */
export async function verifyPreview(
	token: string,
	post: Post | Page,
	secret: string,
	now: number,
): Promise<boolean> {
	const { jwtVerify } = await jose();
	try {
		await jwtVerify(token, keyFor(secret), {
			algorithms: ["HS256"],
			subject: post.id,
			requiredClaims: ["exp"],
			currentDate: new Date(now),
		});
		return true;
	} catch {
		// Forged, expired, truncated or for another post: the response is a plain 404.
		return false;
	}
}

/** Loads the JWT library on demand, so that it does not delay startup. */
const jose = () => import("../jwt.ts");

/** Derives a separate key, so that no other token signed with the same secret is valid here. */
const keyFor = (secret: string) => new TextEncoder().encode(`preview:${secret}`);
