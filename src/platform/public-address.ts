import ipaddr from "ipaddr.js";

/**
 * Whether an IP address is one of the public internet's: not loopback, private, link-local, multicast, reserved, nor a
 * form of IPv6 that carries an IPv4 address inside (mapped, 6to4, NAT64, Teredo), which could stand for any of those.
 */
export function isPublicAddress(address: string): boolean {
	return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}

/** The address a URL names literally, in any of its spellings, or null when it names a host. */
export function literalAddress(url: URL): string | null {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	return ipaddr.isValid(host) ? host : null;
}
