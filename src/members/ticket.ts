import * as v from "valibot";

/** A token's own id, by which it is spent, and the instant (epoch milliseconds) at which it lapses. */
export type TicketStub = { id: string; expiresAt: number };

/**
 * Signs what this blog wants to be told again (a JWT, RFC 7519). Each purpose has a key of its own, so that no token can
 * stand in for another.
 */
export async function signTicket(
	purpose: string,
	body: Record<string, unknown>,
	{ id, expiresAt }: TicketStub,
	secret: string,
): Promise<string> {
	const { SignJWT } = await jose();
	return new SignJWT(body)
		.setProtectedHeader({ alg: "HS256" })
		.setJti(id)
		.setExpirationTime(Math.floor(expiresAt / 1000))
		.sign(keyFor(purpose, secret));
}

/** Reads a ticket back, or null when it is forged, expired at `now`, for another purpose or not of this shape. */
export async function readTicket<Schema extends v.GenericSchema<unknown, object>>(
	purpose: string,
	token: string,
	schema: Schema,
	secret: string,
	now: number,
): Promise<(v.InferOutput<Schema> & TicketStub) | null> {
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
		// Whatever is wrong with a token from outside, it is no token.
		return null;
	}
}

/** Loaded when somebody signs in: starting must not wait for it. */
const jose = () => import("../jwt.ts");

const keyFor = (purpose: string, secret: string) => new TextEncoder().encode(`${purpose}:${secret}`);
