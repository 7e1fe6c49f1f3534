import type { Env } from "../env.ts";
import type { createRemoteJWKSet } from "../jwt.ts";
import type { Role } from "../members/member.ts";

/** Tells who Cloudflare Access vouches for by the token it adds to a request; null for nobody we know. */
export type AccessGate = (token: string, now: number) => Promise<{ name: string; role: Role } | null>;

type Keys = ReturnType<typeof createRemoteJWKSet>;

/**
 * The gate for the team and application this deployment names, or null when it names none. Only the addresses listed
 * come in: that the application's own policy lets somebody through does not make them a moderator.
 */
export function accessGate(env: Env): AccessGate | null {
	const { ACCESS_TEAM_DOMAIN: domain, ACCESS_AUDIENCE: audience } = env;
	if (!domain || !audience) return null;
	const issuer = `https://${domain.replace(/^https:\/\/|\/+$/g, "")}`;
	const owners = addresses(env.ACCESS_OWNERS);
	const moderators = addresses(env.ACCESS_MODERATORS);
	let keys: Keys | null = null;

	return async (token, now) => {
		const { createRemoteJWKSet, jwtVerify } = await import("../jwt.ts");
		keys ??= createRemoteJWKSet(new URL(`${issuer}/cdn-cgi/access/certs`));
		const verified = await jwtVerify(token, keys, {
			algorithms: ["RS256"],
			issuer,
			audience,
			currentDate: new Date(now),
			requiredClaims: ["exp", "email"],
		}).catch((error) => {
			console.warn(JSON.stringify({ access: String(error) }));
			return null;
		});
		const email = verified?.payload.email;
		if (typeof email !== "string") return null;
		const address = email.toLowerCase();
		if (owners.has(address)) return { name: address, role: "owner" };
		return moderators.has(address) ? { name: address, role: "moderator" } : null;
	};
}

function addresses(list: string | undefined): ReadonlySet<string> {
	return new Set(
		(list ?? "")
			.toLowerCase()
			.split(/[\s,]+/)
			.filter(Boolean),
	);
}
