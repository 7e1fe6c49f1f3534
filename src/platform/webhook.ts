import type { Channel } from "../notifications/channel.ts";
import { webhookPayload } from "../notifications/message.ts";
import type { Resolve } from "./dns.ts";
import { postOut } from "./outgoing.ts";

/**
 * A JSON POST signed as Standard Webhooks says: HMAC-SHA-256 over `id.timestamp.body`. The id is the same at every
 * attempt, so that a receiver can tell a repeated one; the timestamp (seconds) lets it refuse an old one.
 */
export function webhookChannel({ url, secret }: { url: string; secret: string }, resolve: Resolve): Channel {
	return {
		name: "webhook",
		async send(notice) {
			const body = JSON.stringify(webhookPayload(notice));
			const timestamp = String(Math.floor(notice.at / 1000));
			const headers = {
				"Content-Type": "application/json",
				"webhook-id": notice.key,
				"webhook-timestamp": timestamp,
				"webhook-signature": `v1,${await signature(`${notice.key}.${timestamp}.${body}`, secret)}`,
			};
			return postOut({ url, headers, body, who: "The webhook" }, resolve);
		},
	};
}

async function signature(signed: string, secret: string): Promise<string> {
	const encoder = new TextEncoder();
	const algorithm = { name: "HMAC", hash: "SHA-256" };
	const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
	const digest = await crypto.subtle.sign("HMAC", key, encoder.encode(signed));
	return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
