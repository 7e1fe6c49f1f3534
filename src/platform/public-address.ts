import ipaddr from "ipaddr.js";

/**
 * Whether an IP address is on the public internet: not loopback, private, link-local, multicast or reserved, nor an IPv6
 * address that embeds an IPv4 address (mapped, 6to4, NAT64, Teredo), which could be any of those.
 */
export function isPublicAddress(address: string): boolean {
	return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}

/** Returns the IP address a URL has as its host, in any notation, or null if the host is a name. */
export function literalAddress(url: URL): string | null {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	return ipaddr.isValid(host) ? host : null;
}
