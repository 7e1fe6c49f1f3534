import * as v from "valibot";
import { postForm } from "./post-form.ts";

/** The client of Cloudflare's Turnstile. */
export type Turnstile = {
	/** The public key, for the page that shows the widget. */
	siteKey: string;
	/** Origin of its script, frame and API. */
	origin: string;
	/** Verifies a token, which is valid once. False if Cloudflare cannot be reached: then nobody passes. */
	verify(token: string): Promise<boolean>;
};

const origin = "https://challenges.cloudflare.com";

/** UTF-16 units, according to Cloudflare's documentation. */
const maxTokenLength = 2048;

/** Milliseconds to wait for Cloudflare. */
const timeout = 5000;

const verification = v.object({ success: v.boolean(), "error-codes": v.optional(v.array(v.string()), []) });

/** Creates the Turnstile client for a key pair. The commenter's IP address is not sent along. */
export function turnstileService(siteKey: string, secret: string): Turnstile {
	return {
		siteKey,
		origin,
		async verify(token) {
			if (token === "" || token.length > maxTokenLength) return false;
			try {
				const { text } = await postForm({
					url: `${origin}/turnstile/v0/siteverify`,
					fields: { secret, response: token },
					timeout,
				});
				const { success, "error-codes": errors } = v.parse(verification, JSON.parse(text));
				if (!success) console.warn(JSON.stringify({ event: "Turnstile refused", errors }));
				return success;
			} catch (error) {
				console.error(JSON.stringify({ event: "Turnstile request failed", error: String(error) }));
				return false;
			}
		},
	};
}
