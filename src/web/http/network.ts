import { networkDigest } from "../../comments/network.ts";
import type { RequestOrigin } from "../../comments/submit.ts";
import type { AppContext } from "./context.ts";

/** Returns a keyed digest of the client's network; null if the address is unknown or loopback. */
export async function networkOf(c: AppContext): Promise<string | null> {
	const address = c.req.header("CF-Connecting-IP");
	if (address === undefined || loopback.test(address)) return null;
	const { conversation, clock } = c.var.services;
	return networkDigest(address, await conversation.networkKeys.current(clock.now()));
}

/** Returns the digests of the client's network under the keys of earlier days, by which blocks made then are found. */
export async function earlierNetworksOf(c: AppContext): Promise<readonly string[]> {
	const address = c.req.header("CF-Connecting-IP");
	if (address === undefined || loopback.test(address)) return [];
	const { conversation, clock } = c.var.services;
	const keys = await conversation.networkKeys.earlier(clock.now());
	return Promise.all(keys.map((key) => networkDigest(address, key)));
}

/**
 * Whether the client's address is loopback. Cloudflare overwrites the header, so that no visitor can forge it; a proxy in
 * front of a local server must pass on its clients' addresses.
 */
export function isLoopback(c: AppContext): boolean {
	return loopback.test(c.req.header("CF-Connecting-IP") ?? "");
}

/** Returns the client's address and `User-Agent` as the request states them. */
export function requestOriginOf(c: AppContext): RequestOrigin {
	return {
		address: c.req.header("CF-Connecting-IP") ?? null,
		userAgent: (c.req.header("User-Agent") ?? "").slice(0, maxUserAgentLength),
	};
}

/** Limit in UTF-16 code units: a header can be as long as all headers together. */
const maxUserAgentLength = 500;

/** Loopback addresses (RFC 5735, RFC 4291), which all clients of the local server have. */
const loopback = /^(127\.|::1$|::ffff:127\.)/i;
