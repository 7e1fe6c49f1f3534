import type { Page, Post } from "./post.ts";

/** What a preview link says in its query: `?preview=…`. */
export const previewParameter = "preview";

/** Milliseconds for which a link opens unless somebody says otherwise. */
export const previewLasts = 7 * 86_400_000;

/** Signs the right to read a post before it is published, until an instant (epoch milliseconds); a JWT (RFC 7519). */
export async function signPreview(post: Pick<Post, "id">, secret: string, until: number): Promise<string> {
	const { SignJWT } = await jose();
	return new SignJWT()
		.setProtectedHeader({ alg: "HS256" })
		.setSubject(post.id)
		.setExpirationTime(Math.floor(until / 1000))
		.sign(keyFor(secret));
}

/** Whether a token gives the right to read this very post at `now` (epoch milliseconds). */
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
		// Forged, expired, cut short or meant for another post: there is nothing here yet.
		return false;
	}
}

/** Loaded when somebody has such a link: starting must not wait for it. */
const jose = () => import("../jwt.ts");

/** A key of its own, so that no other token signed by the same secret can stand in for this one. */
const keyFor = (secret: string) => new TextEncoder().encode(`preview:${secret}`);
