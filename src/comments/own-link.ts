/** Milliseconds for which an author's own link holds; as long as the cookie. */
const ownFor = 365 * 86_400_000;

/** Where a comment is changed by someone whose cookie says that it is theirs. */
export function editPath(comment: number): string {
	return `/comments/${comment}/edit`;
}

/**
 * The address (path and query) at which whoever holds it may change and delete one comment, for a year from `now` (epoch
 * milliseconds). It is shown to its author once and sent to the address they gave; it must reach nobody else.
 */
export async function ownAddress(comment: number, secret: string, now: number): Promise<string> {
	const { SignJWT } = await jose();
	const key = await new SignJWT({ comment })
		.setProtectedHeader({ alg: "HS256" })
		.setExpirationTime(Math.floor((now + ownFor) / 1000))
		.sign(keyFor(secret));
	return `${editPath(comment)}?key=${key}`;
}

/** Whether a token (a JWT, RFC 7519) gives the right to change this very comment. */
export async function verifyOwn(
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
		// Forged, cut short or meant for something else: no right.
		return false;
	}
}

/** Loaded when somebody owns something: starting must not wait for it. */
const jose = () => import("../jwt.ts");

/** A key of its own, so that no other token signed by the same secret can stand in for this one. */
const keyFor = (secret: string) => new TextEncoder().encode(`own:${secret}`);
