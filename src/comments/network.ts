import { keyedDigest } from "./digest.ts";

/** The keys network addresses are digested with; each is used for a day and destroyed after a time. */
export type NetworkKeys = {
	/** The key of the day that the instant `now` (epoch milliseconds) is in. */
	current(now: number): Promise<string>;
};

/**
 * Digest of the network an address is in: the address itself in IPv4, the 64 bits a household is given in IPv6. The same
 * for a day; once the day's key is destroyed nobody can tell whose it was, by trying every address either.
 */
export function digestOfNetwork(address: string, key: string): Promise<string> {
	return keyedDigest(networkOf(address), key);
}

/** The network of an address as text: one form for every way of writing it. */
export function networkOf(address: string): string {
	const host = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
	if (host === undefined) return address.trim();
	const [before = "", after] = host.split("::");
	const head = before === "" ? [] : before.split(":");
	const tail = after === undefined || after === "" ? [] : after.split(":");
	const groups =
		after === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail];
	// An IPv4 address in IPv6 clothes (RFC 4291, 2.5.5.2) is that one address, not the network all of them share.
	return groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff"
		? groups.slice(6).join(":")
		: groups.slice(0, 4).join(":");
}
