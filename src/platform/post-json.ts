import { type FailureKind, type Outcome, outcomeOf } from "../notifications/channel.ts";
import type { HostResolver } from "./dns.ts";

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

/** Returns the most requests that one POST takes, with the DNS queries. */
export const requestsOf = (resolve: HostResolver | null): number => (resolve === null ? 1 : 3);

/** Returns the host name of a URL, or "" for a URL that is none. */
export const hostname = (url: string): string => URL.parse(url)?.hostname ?? "";

/**
 * Posts to a URL set by the owner, with protection against SSRF: only https to public addresses, whether the host is an
 * IP address or a name that resolves to one. Redirects are not followed and the response body is never read. A name could
 * still change between look-up and request (DNS rebinding); a Worker cannot pin it, and Cloudflare's network is what protects
 * against that. Without a resolver the host is one of a known service and is not looked up.
 */
export async function postJson(request: JsonRequest, resolve: HostResolver | null): Promise<Outcome> {
	const { url, headers, body, service } = request;
	const refusal = await refusalOf(url, resolve);
	if (refusal !== null) return { sent: false, ...refusal, failure: `${service}: ${refusal.failure}` };
	if (new TextEncoder().encode(body).length > maxBodyBytes) {
		return {
			sent: false,
			failure: `${service}: the message is larger than ${maxBodyBytes} bytes`,
			kind: "permanent",
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
	resolve: HostResolver | null,
): Promise<{ failure: string; kind: FailureKind } | null> {
	const url = URL.parse(href);
	if (url?.protocol !== "https:") return { failure: "its URL does not begin with https://", kind: "setup" };
	if (url.username !== "" || url.password !== "") {
		return { failure: "its URL contains a user name or password", kind: "setup" };
	}
	const { isPublicAddress, literalAddress } = await import("./public-address.ts");
	const literal = literalAddress(url);
	if (literal === null && resolve === null) return null;
	const addresses = literal === null && resolve !== null ? await resolve(url.hostname) : [literal ?? ""];
	if (addresses.length === 0) return { failure: "its host name has no address", kind: "temporary" };
	if (addresses.every(isPublicAddress)) return null;
	return { failure: "its address is not on the public internet", kind: "setup" };
}
