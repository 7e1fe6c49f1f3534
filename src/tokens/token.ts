import * as v from "valibot";

/** The claims a token must have: any object schema of valibot. */
export type Claims = v.GenericSchema<Record<string, unknown>, Record<string, unknown>>;

/** One kind of signed token: its purpose, the shape of its claims, and how long and how often it is valid. */
export type TokenKind<Schema extends Claims, Lifetime extends number | null = number | null> = {
	/** Name of the purpose; the signing key is derived from it, so no other kind's token verifies. */
	purpose: string;
	claims: Schema;
	/** Milliseconds a token is valid, or null for a token that does not expire. */
	lifetime: Lifetime;
	/** Whether a token carries an id by which it can be used once. */
	singleUse: boolean;
};

/** The id by which a single-use token is marked as used, and its expiry (epoch milliseconds). */
export type SingleUse = { id: string; expiresAt: number };

/** Claims of one kind, with the token's id (empty unless single-use) and expiry (epoch milliseconds, or null). */
export type Token<
	Schema extends Claims,
	Lifetime extends number | null = number | null,
> = v.InferOutput<Schema> & {
	id: string;
	expiresAt: Lifetime extends number ? number : null;
};

/** Options of signing: the time, or an expiry of the caller's (both epoch milliseconds), and for a reproducible token its id. */
export type SignOptions = { id?: string } & ({ now: number } | { expiresAt: number });

/** Declares a kind of token. */
export function tokenKind<Schema extends Claims, Lifetime extends number | null>(
	purpose: string,
	claims: Schema,
	{ lifetime, singleUse = false }: { lifetime: Lifetime; singleUse?: boolean },
): TokenKind<Schema, Lifetime> {
	return { purpose, claims, lifetime, singleUse };
}

/** Characters of the longest token that is read: Cloudflare takes no longer URL, and no form holds more. */
const maxTokenLength = 16_384;

/** Signs claims as a JWT (RFC 7519, HS256) under the key of their purpose. Throws if they do not match the kind's schema. */
export async function signToken<Schema extends Claims>(
	{ purpose, claims: schema, lifetime, singleUse }: TokenKind<Schema>,
	claims: v.InferInput<Schema>,
	secret: string,
	options: SignOptions,
): Promise<string> {
	const { SignJWT } = await jose();
	const token = new SignJWT(v.parse(schema, claims)).setProtectedHeader({ alg: "HS256" });
	if (lifetime !== null) {
		const expiresAt = "expiresAt" in options ? options.expiresAt : options.now + lifetime;
		token.setExpirationTime(Math.floor(expiresAt / 1000));
	}
	if (singleUse) token.setJti(options.id ?? crypto.randomUUID());
	return token.sign(keyOf(purpose, secret));
}

/**
 * Verifies a token of one kind at `now` (epoch milliseconds). Returns null for a token that is forged, expired, of another
 * purpose or shape; whether a single-use token was used before is the caller's to check, by its id.
 */
export async function verifyToken<Schema extends Claims, Lifetime extends number | null>(
	{ purpose, claims, lifetime, singleUse }: TokenKind<Schema, Lifetime>,
	token: string,
	secret: string,
	now: number,
): Promise<Token<Schema, Lifetime> | null> {
	if (token === "" || token.length > maxTokenLength) return null;
	const { jwtVerify } = await jose();
	try {
		const { payload } = await jwtVerify(token, keyOf(purpose, secret), {
			algorithms: ["HS256"],
			currentDate: new Date(now),
			requiredClaims: [...(lifetime === null ? [] : ["exp"]), ...(singleUse ? ["jti"] : [])],
		});
		const parsed = v.safeParse(claims, payload);
		if (!parsed.success) return null;
		const expiresAt = lifetime === null ? null : (payload.exp ?? 0) * 1000;
		return { ...parsed.output, id: payload.jti ?? "", expiresAt } as Token<Schema, Lifetime>;
	} catch {
		// A token from outside gets the same answer for every fault.
		return null;
	}
}

/** Loaded with the first token: most isolates never see one. */
const jose = () => import("./jose.ts");

/** Derives the signing key of a purpose. */
const keyOf = (purpose: string, secret: string) => new TextEncoder().encode(`${purpose}:${secret}`);
