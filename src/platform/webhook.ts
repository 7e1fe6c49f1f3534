import type { Channel } from "../notifications/channel.ts";
import type { HostResolver } from "./dns.ts";
import { postJson, requestsOf } from "./post-json.ts";

/**
 * Posts notices as JSON, signed according to Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`. The id is the same
 * at every attempt, so that a receiver can ignore duplicates; the timestamp (seconds) lets it reject replays.
 */
export function webhookChannel(
	{ url, secret }: { url: string; secret: string },
	resolve: HostResolver,
): Channel {
	return {
		name: "webhook",
		isIdempotent: true,
		subrequests: requestsOf(resolve),
		async send(notice) {
			const { webhookPayload } = await import("../notifications/message.ts");
			const body = JSON.stringify(webhookPayload(notice));
			const timestamp = String(Math.floor(notice.at / 1000));
			const headers = {
				"Content-Type": "application/json",
				"webhook-id": notice.key,
				"webhook-timestamp": timestamp,
				"webhook-signature": `v1,${await sign(`${notice.key}.${timestamp}.${body}`, secret)}`,
			};
			return postJson({ url, headers, body, service: "The webhook" }, resolve);
		},
	};
}

async function sign(content: string, secret: string): Promise<string> {
	const encoder = new TextEncoder();
	const algorithm = { name: "HMAC", hash: "SHA-256" };
	const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
	const digest = await crypto.subtle.sign("HMAC", key, encoder.encode(content));
	return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
