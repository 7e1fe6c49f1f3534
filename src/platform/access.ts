import type { Env } from "../env.ts";
import type { Log } from "../log.ts";
import type { Role } from "../members/member.ts";
import type { createRemoteJWKSet } from "../tokens/jose.ts";

/** Verifies the token Cloudflare Access adds to a request; returns its member, or null if the address is not listed. */
export type AccessGate = (
	token: string,
	now: number,
	log: Log,
) => Promise<{ name: string; role: Role } | null>;

type Keys = ReturnType<typeof createRemoteJWKSet>;

/**
 * Creates the gate for the configured team and application, or returns null without one. Only listed e-mail addresses are
 * admitted: passing the Access application's own policy does not make anybody a moderator.
 */
export function accessGate(env: Env): AccessGate | null {
	const { ACCESS_TEAM_DOMAIN: domain, ACCESS_AUDIENCE: audience } = env;
	if (!domain || !audience) return null;
	const issuer = `https://${domain.replace(/^https:\/\/|\/+$/g, "")}`;
	const owners = addressesIn(env.ACCESS_OWNERS);
	const moderators = addressesIn(env.ACCESS_MODERATORS);
	let keys: Keys | null = null;

	return async (token, now, log) => {
		const { createRemoteJWKSet, jwtVerify } = await import("../tokens/jose.ts");
		keys ??= createRemoteJWKSet(new URL(`${issuer}/cdn-cgi/access/certs`));
		const verified = await jwtVerify(token, keys, {
			algorithms: ["RS256"],
			issuer,
			audience,
			currentDate: new Date(now),
			requiredClaims: ["exp", "email"],
		}).catch((error) => {
			log("Access assertion refused", { error });
			return null;
		});
		const email = verified?.payload.email;
		if (typeof email !== "string") return null;
		const address = email.toLowerCase();
		if (owners.has(address)) return { name: address, role: "owner" };
		return moderators.has(address) ? { name: address, role: "moderator" } : null;
	};
}

function addressesIn(list: string | undefined): ReadonlySet<string> {
	return new Set(
		(list ?? "")
			.toLowerCase()
			.split(/[\s,]+/)
			.filter(Boolean),
	);
}
