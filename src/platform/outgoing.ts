import { type Outcome, outcomeOf } from "../notifications/channel.ts";
import type { Resolve } from "./dns.ts";
import { isPublicAddress, literalAddress } from "./public-address.ts";

export type Outgoing = {
	url: string;
	headers: Readonly<Record<string, string>>;
	body: string;
	/** Who is asked, as the operator calls it; the address itself may hold a secret. */
	who: string;
};

/** Milliseconds an answer may take. */
const patience = 10_000;

/** Most bytes that are sent to anyone. */
const largest = 256 * 1024;

/**
 * Posts to an address that the owner has set. Only https to the public internet: an address that is private, literally
 * or by every name it has, is refused, and no redirect is followed. The answer's body is never read. A name could still
 * change between the look-up and the request; a Worker cannot pin it, and Cloudflare's network is the wall behind this.
 */
export async function postOut(outgoing: Outgoing, resolve: Resolve): Promise<Outcome> {
	const { url, headers, body, who } = outgoing;
	const refused = await whyRefused(url, resolve);
	if (refused !== null) return { sent: false, why: `${who}: ${refused.why}`, again: refused.again };
	if (new TextEncoder().encode(body).length > largest) {
		return { sent: false, why: `${who}: the message is larger than ${largest} bytes`, again: false };
	}
	const response = await fetch(url, {
		method: "POST",
		headers: { "User-Agent": "edgecat", ...headers },
		body,
		redirect: "manual",
		signal: AbortSignal.timeout(patience),
	});
	await response.body?.cancel();
	return outcomeOf(response.status, who);
}

async function whyRefused(
	address: string,
	resolve: Resolve,
): Promise<{ why: string; again: boolean } | null> {
	const url = URL.parse(address);
	if (url?.protocol !== "https:") return { why: "its address does not begin with https://", again: false };
	if (url.username !== "" || url.password !== "") {
		return { why: "its address holds a user name or password", again: false };
	}
	const literal = literalAddress(url);
	const addresses = literal === null ? await resolve(url.hostname) : [literal];
	if (addresses.length === 0) return { why: "its host name leads nowhere", again: true };
	if (addresses.every(isPublicAddress)) return null;
	return { why: "its address is not on the public internet", again: false };
}
