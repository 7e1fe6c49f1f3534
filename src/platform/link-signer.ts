import { sign, verify } from "hono/jwt";
import * as v from "valibot";
import type { LinkSigner } from "../notifications/links.ts";

const id = v.pipe(v.number(), v.integer());

const linkClaims = v.variant("action", [
	v.object({ action: v.literal("confirm"), subscription: id }),
	v.object({ action: v.literal("end"), subscriptions: v.array(id) }),
	v.object({ action: v.literal("verify"), verification: id }),
]);

/** Signs link claims as JSON Web Tokens (RFC 7519), with a key used for nothing else. */
export function linkSigner(secret: string): LinkSigner {
	const key = `mail:${secret}`;
	return {
		sign: (claims, expiresAt) =>
			sign({ ...claims, ...(expiresAt === null ? {} : { exp: Math.floor(expiresAt / 1000) }) }, key, "HS256"),
		async verify(token, now) {
			try {
				const payload = await verify(token, key, { alg: "HS256", exp: false });
				if (payload.exp !== undefined && payload.exp * 1000 < now) return null;
				return v.parse(linkClaims, payload);
			} catch {
				// Forged, truncated, or a token for another purpose.
				return null;
			}
		},
	};
}
