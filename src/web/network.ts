import { digestOfNetwork } from "../comments/network.ts";
import type { Arrival } from "../comments/submit.ts";
import type { AppContext } from "./context.ts";

/** Keyed digest of the network the request came from; null where nobody says, or says that it is this very machine. */
export async function networkOf(c: AppContext): Promise<string | null> {
	const address = c.req.header("CF-Connecting-IP");
	if (address === undefined || loopback.test(address)) return null;
	const { networkKeys, now } = c.var.services;
	return digestOfNetwork(address, await networkKeys.current(now()));
}

/** Whether the network a request came from may have us mail somebody once more; one's own machine always may. */
export async function mayCauseMail(c: AppContext): Promise<boolean> {
	const network = await networkOf(c);
	return network === null || c.var.services.mailLimiter(network);
}

/**
 * Whether the request says that it came from this very machine. Cloudflare puts the header in the place of whatever a
 * visitor sent, so that nobody can say so of themselves; a blog served from one's own machine to others through a proxy
 * would have to pass their addresses on.
 */
export function isFromHere(c: AppContext): boolean {
	return loopback.test(c.req.header("CF-Connecting-IP") ?? "");
}

/** What the request says of its sender, as it stands. */
export function arrivalOf(c: AppContext): Arrival {
	return {
		address: c.req.header("CF-Connecting-IP") ?? null,
		userAgent: (c.req.header("User-Agent") ?? "").slice(0, longestUserAgent),
	};
}

/** UTF-16 units; a header may be as long as all of them together. */
const longestUserAgent = 500;

/** The local server's visitors are all of them here (RFC 5735, RFC 4291). */
const loopback = /^(127\.|::1$|::ffff:127\.)/i;
