import { type Outcome, outcomeOf } from "../notifications/channel.ts";
import type { HostResolver } from "./dns.ts";
import { isPublicAddress, literalAddress } from "./public-address.ts";

/** A POST request with a JSON body to an address set by the owner. */
export type JsonRequest = {
	url: string;
	headers: Readonly<Record<string, string>>;
	body: string;
	/** Name of the service in messages to the operator, since the URL itself may contain a secret. */
	service: string;
};

/** Milliseconds to wait for a response. */
const timeout = 10_000;

/** Most bytes of a request body. */
const maxBodyBytes = 256 * 1024;

/**
 * Posts to a URL set by the owner, with protection against SSRF: only https to public addresses, whether the host is an
 * IP address or a name that resolves to one. Redirects are not followed and the response body is never read. A name could
 * still change between look-up and request (DNS rebinding); a Worker cannot pin it, and Cloudflare's network is what protects
 * against that.
 */
export async function postJson(request: JsonRequest, resolve: HostResolver): Promise<Outcome> {
	const { url, headers, body, service } = request;
	const refusal = await refusalOf(url, resolve);
	if (refusal !== null) return { sent: false, ...refusal, failure: `${service}: ${refusal.failure}` };
	if (new TextEncoder().encode(body).length > maxBodyBytes) {
		return {
			sent: false,
			failure: `${service}: the message is larger than ${maxBodyBytes} bytes`,
			retry: false,
		};
	}
	const response = await fetch(url, {
		method: "POST",
		headers: { "User-Agent": "edgecat", ...headers },
		body,
		redirect: "manual",
		signal: AbortSignal.timeout(timeout),
	});
	await response.body?.cancel();
	return outcomeOf(response.status, service);
}

async function refusalOf(
	href: string,
	resolve: HostResolver,
): Promise<{ failure: string; retry: boolean } | null> {
	const url = URL.parse(href);
	if (url?.protocol !== "https:") return { failure: "its URL does not begin with https://", retry: false };
	if (url.username !== "" || url.password !== "") {
		return { failure: "its URL contains a user name or password", retry: false };
	}
	const literal = literalAddress(url);
	const addresses = literal === null ? await resolve(url.hostname) : [literal];
	if (addresses.length === 0) return { failure: "its host name has no address", retry: true };
	if (addresses.every(isPublicAddress)) return null;
	return { failure: "its address is not on the public internet", retry: false };
}
