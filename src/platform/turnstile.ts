import type { Log } from "../log.ts";
import { postForm } from "./post-form.ts";

/** The client of Cloudflare's Turnstile. */
export type Turnstile = {
	/** The public key, for the page that shows the widget. */
	siteKey: string;
	/** Origin of its script, frame and API. */
	origin: string;
	/** Verifies a token, which is valid once. False if Cloudflare cannot be reached: then nobody passes. */
	verify(token: string, log: Log): Promise<boolean>;
};

const origin = "https://challenges.cloudflare.com";

/** UTF-16 units, according to Cloudflare's documentation. */
const maxTokenLength = 2048;

/** Milliseconds to wait for Cloudflare. */
const timeout = 5000;

/** Creates the Turnstile client for a key pair. The commenter's IP address is not sent along. */
export function turnstileService(siteKey: string, secret: string): Turnstile {
	return {
		siteKey,
		origin,
		async verify(token, log) {
			if (token === "" || token.length > maxTokenLength) return false;
			try {
				const { text } = await postForm({
					url: `${origin}/turnstile/v0/siteverify`,
					fields: { secret, response: token },
					timeout,
				});
				const { parseAnswer } = await import("./turnstile-answer.ts");
				const { success, "error-codes": errors } = parseAnswer(text);
				if (!success) log("Turnstile refused", { errors: errors.filter((code) => /^[a-z-]+$/.test(code)) });
				return success;
			} catch (error) {
				log("Turnstile request failed", { error });
				return false;
			}
		},
	};
}
