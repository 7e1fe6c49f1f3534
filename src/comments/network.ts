import { keyedDigest } from "./digest.ts";

/** The keys for digests of network addresses; each is used for one day and deleted later. */
export type NetworkKeys = {
	/** Returns the key of the day that contains `now` (epoch milliseconds). */
	current(now: number): Promise<string>;
	/** Returns the keys of the days before that are kept, by which a blocked network is known again; at most six. */
	earlier(now: number): Promise<readonly string[]>;
};

/** Days for which a blocked network is known again, that of its comment included. */
export const blockedNetworkDays = 7;

/**
 * Computes the digest of an address's network: the address itself in IPv4, the /64 of a household in IPv6. It is stable for
 * a day; once the day's key is deleted it cannot be reversed, not even by trying every address.
 */
export function networkDigest(address: string, key: string): Promise<string> {
	return keyedDigest(networkOf(address), key);
}

/** Returns the network of an address in canonical form. */
export function networkOf(address: string): string {
	const host = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
	if (host === undefined) return address.trim();
	const [before = "", after] = host.split("::");
	const head = before === "" ? [] : before.split(":");
	const tail = after === undefined || after === "" ? [] : after.split(":");
	const groups =
		after === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail];
	// An IPv4-mapped address (RFC 4291, 2.5.5.2) is one address, not the /64 that all of them share.
	return groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff"
		? groups.slice(6).join(":")
		: groups.slice(0, 4).join(":");
}
