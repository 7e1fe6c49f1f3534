import { sign, verify } from "hono/jwt";
import * as v from "valibot";
import type { ClaimSigner } from "../notifications/links.ts";

const id = v.pipe(v.number(), v.integer());

const claim = v.variant("may", [
	v.object({ may: v.literal("confirm"), subscription: id }),
	v.object({ may: v.literal("end"), subscriptions: v.array(id) }),
	v.object({ may: v.literal("verify"), verification: id }),
]);

/** Claims as signed tokens (JWT, RFC 7519), under a key that signs nothing else. */
export function claimSigner(secret: string): ClaimSigner {
	const key = `mail:${secret}`;
	return {
		sign: (claimed, until) =>
			sign({ ...claimed, ...(until === null ? {} : { exp: Math.floor(until / 1000) }) }, key, "HS256"),
		async read(token, now) {
			try {
				const payload = await verify(token, key, { alg: "HS256", exp: false });
				if (payload.exp !== undefined && payload.exp * 1000 < now) return null;
				return v.parse(claim, payload);
			} catch {
				// Forged, cut short or meant for something else: no claim.
				return null;
			}
		},
	};
}
