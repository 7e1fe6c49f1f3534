import * as v from "valibot";
import { readBoundedText } from "./bounded-text.ts";

/** Resolves a host name to all its IP addresses; empty if it has none. */
export type HostResolver = (host: string) => Promise<readonly string[]>;

const dnsAnswer = v.object({
	Answer: v.optional(v.array(v.object({ type: v.number(), data: v.string() })), []),
});

/** Types of DNS records that contain an address (RFC 1035, RFC 3596). */
const addressTypes = { A: 1, AAAA: 28 } as const;

/** Resolves through Cloudflare's DNS over HTTPS; a Worker has no other way to resolve a name. */
export const resolveOverHttps: HostResolver = async (host) => {
	const addresses = await Promise.all(
		Object.entries(addressTypes).map(async ([name, type]) => {
			const response = await fetch(
				`https://cloudflare-dns.com/dns-query?type=${name}&name=${encodeURIComponent(host)}`,
				{
					headers: { Accept: "application/dns-json" },
					redirect: "manual",
					signal: AbortSignal.timeout(5000),
				},
			);
			if (!response.ok) throw new Error(`The resolver answered ${response.status}.`);
			const { Answer } = v.parse(dnsAnswer, JSON.parse(await readBoundedText(response, 64 * 1024)));
			return Answer.filter((record) => record.type === type).map(({ data }) => data);
		}),
	);
	return addresses.flat();
};
