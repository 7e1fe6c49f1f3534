/** Milliseconds until an edit link expires; the same as the cookie. */
const editLinkLifetime = 365 * 86_400_000;

/** Returns the edit path of a comment for a visitor whose cookie shows that it is theirs. */
export function editPath(comment: number): string {
	return `/comments/${comment}/edit`;
}

/**
 * Signs a path and query whose bearer may edit and delete one comment, for a year from `now` (epoch milliseconds). It is
 * shown to the author once and mailed to the address they gave; nobody else may receive it.
 */
export async function signedEditPath(comment: number, secret: string, now: number): Promise<string> {
	const { SignJWT } = await jose();
	const key = await new SignJWT({ comment })
		.setProtectedHeader({ alg: "HS256" })
		.setExpirationTime(Math.floor((now + editLinkLifetime) / 1000))
		.sign(keyFor(secret));
	return `${editPath(comment)}?key=${key}`;
}

/** Whether a token (a JWT, RFC 7519) authorizes editing this comment. */
export async function verifyEditToken(
	token: string,
	comment: number,
	secret: string,
	now: number,
): Promise<boolean> {
	const { jwtVerify } = await jose();
	try {
		const { payload } = await jwtVerify(token, keyFor(secret), {
			algorithms: ["HS256"],
			requiredClaims: ["exp"],
			currentDate: new Date(now),
		});
		return payload.comment === comment;
	} catch {
		// Forged, truncated, expired or issued for another purpose.
		return false;
	}
}

/** Loads the JWT library on first use, so that startup does not wait for it. */
const jose = () => import("../jwt.ts");

/** Derives a key for this purpose, so that no other token signed with the same secret is accepted. */
const keyFor = (secret: string) => new TextEncoder().encode(`own:${secret}`);
