import * as v from "valibot";

/** The claims of every signed token: the id by which it is marked as used, and its expiry (epoch milliseconds). */
export type TokenClaims = { id: string; expiresAt: number };

/** Signs a JSON Web Token (RFC 7519). Each purpose has its own key, so that no token is valid for another. */
export async function signToken(
	purpose: string,
	body: Record<string, unknown>,
	{ id, expiresAt }: TokenClaims,
	secret: string,
): Promise<string> {
	const { SignJWT } = await jose();
	return new SignJWT(body)
		.setProtectedHeader({ alg: "HS256" })
		.setJti(id)
		.setExpirationTime(Math.floor(expiresAt / 1000))
		.sign(keyFor(purpose, secret));
}

/** Verifies a token; null if it is forged, expired at `now`, for another purpose or does not match the schema. */
export async function verifyToken<Schema extends v.GenericSchema<unknown, object>>(
	purpose: string,
	token: string,
	schema: Schema,
	secret: string,
	now: number,
): Promise<(v.InferOutput<Schema> & TokenClaims) | null> {
	const { jwtVerify } = await jose();
	try {
		const { payload } = await jwtVerify(token, keyFor(purpose, secret), {
			algorithms: ["HS256"],
			currentDate: new Date(now),
			requiredClaims: ["jti", "exp"],
		});
		const body = v.safeParse(schema, payload);
		if (!body.success) return null;
		return { ...body.output, id: payload.jti ?? "", expiresAt: (payload.exp ?? 0) * 1000 };
	} catch {
		// jose throws for every kind of invalid token.
		return null;
	}
}

/** Imports jose on demand, so that startup does not wait for it. */
const jose = () => import("../jwt.ts");

const keyFor = (purpose: string, secret: string) => new TextEncoder().encode(`${purpose}:${secret}`);
