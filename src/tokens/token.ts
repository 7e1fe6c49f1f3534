import * as v from "valibot";

/** The claims a token must have: any object schema of valibot. */
type Claims = v.GenericSchema<Record<string, unknown>, object>;

/** One kind of signed token: its purpose, the shape of its claims, and how long and how often it is valid. */
export type TokenKind<Schema extends Claims> = {
	/** Name of the purpose; the signing key is derived from it, so no other kind's token verifies. */
	purpose: string;
	claims: Schema;
	/** Milliseconds a token is valid, or null for a token that does not expire. */
	lifetime: number | null;
	/** Whether a token carries an id by which it can be used once. */
	singleUse: boolean;
};

/** Claims of one kind, with the token's id (empty unless single-use) and expiry (epoch milliseconds, or null). */
export type Token<Schema extends Claims> = v.InferOutput<Schema> & { id: string; expiresAt: number | null };

/** Options of signing: the time, and for reproducible tokens an id or an expiry of the caller's (epoch milliseconds). */
export type SignOptions = { now: number; id?: string; expiresAt?: number };

/** Declares a kind of token. */
export function tokenKind<Schema extends Claims>(
	purpose: string,
	claims: Schema,
	{ lifetime, singleUse = false }: { lifetime: number | null; singleUse?: boolean },
): TokenKind<Schema> {
	return { purpose, claims, lifetime, singleUse };
}

/** Signs claims as a JWT (RFC 7519, HS256) under the key of their purpose. */
export async function signToken<Schema extends Claims>(
	{ purpose, lifetime, singleUse }: TokenKind<Schema>,
	claims: v.InferInput<Schema>,
	secret: string,
	{ now, id, expiresAt }: SignOptions,
): Promise<string> {
	const { SignJWT } = await jose();
	const token = new SignJWT(claims).setProtectedHeader({ alg: "HS256" });
	const expires = expiresAt ?? (lifetime === null ? null : now + lifetime);
	if (expires !== null) token.setExpirationTime(Math.floor(expires / 1000));
	if (singleUse) token.setJti(id ?? crypto.randomUUID());
	return token.sign(keyOf(purpose, secret));
}

/**
 * Verifies a token of one kind at `now` (epoch milliseconds). Returns null for a token that is forged, expired, of another
 * purpose or shape; whether a single-use token was used before is the caller's to check, by its id.
 */
export async function verifyToken<Schema extends Claims>(
	{ purpose, claims, lifetime, singleUse }: TokenKind<Schema>,
	token: string,
	secret: string,
	now: number,
): Promise<Token<Schema> | null> {
	if (token === "") return null;
	const { jwtVerify } = await jose();
	try {
		const { payload } = await jwtVerify(token, keyOf(purpose, secret), {
			algorithms: ["HS256"],
			currentDate: new Date(now),
			requiredClaims: [...(lifetime === null ? [] : ["exp"]), ...(singleUse ? ["jti"] : [])],
		});
		const parsed = v.safeParse(claims, payload);
		if (!parsed.success) return null;
		const expiresAt = payload.exp === undefined ? null : payload.exp * 1000;
		return { ...parsed.output, id: payload.jti ?? "", expiresAt };
	} catch {
		// Whatever is wrong with a token from outside, the answer is the same.
		return null;
	}
}

/** Loaded with the first token: most isolates never see one. */
const jose = () => import("./jose.ts");

/** Derives the signing key of a purpose. */
const keyOf = (purpose: string, secret: string) => new TextEncoder().encode(`${purpose}:${secret}`);
