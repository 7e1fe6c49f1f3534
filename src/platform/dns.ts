import * as v from "valibot";
import { boundedText } from "./bounded-text.ts";

/** Every address a host name leads to; empty when it leads nowhere. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const answers = v.object({
	Answer: v.optional(v.array(v.object({ type: v.number(), data: v.string() })), []),
});

/** Types of DNS records that hold an address (RFC 1035, RFC 3596). */
const addressTypes = { A: 1, AAAA: 28 } as const;

/** Asks Cloudflare's resolver over HTTPS; a Worker has no other way to learn where a name leads. */
export const resolveOverHttps: Resolve = async (host) => {
	const found = await Promise.all(
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
			const { Answer } = v.parse(answers, JSON.parse(await boundedText(response, 64 * 1024)));
			return Answer.filter((record) => record.type === type).map(({ data }) => data);
		}),
	);
	return found.flat();
};
