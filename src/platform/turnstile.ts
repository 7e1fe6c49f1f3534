import * as v from "valibot";
import { inquire } from "./inquiry.ts";

/** Cloudflare's Turnstile, where a deployment has set it up. */
export type Turnstile = {
	/** The public half of its key pair, for the page that shows it. */
	siteKey: string;
	/** Where its script, its frame and its answers come from. */
	origin: string;
	/** Whether a page's token holds, which it does once. False when Cloudflare cannot be asked: then nobody has passed. */
	passed(token: string): Promise<boolean>;
};

const origin = "https://challenges.cloudflare.com";

/** UTF-16 units, by Cloudflare's documentation. */
const longestToken = 2048;

const patience = 5000;

const answer = v.object({ success: v.boolean(), "error-codes": v.optional(v.array(v.string()), []) });

/** Turnstile by a key pair. The commenter's network address is not sent along. */
export function turnstileBy(siteKey: string, secret: string): Turnstile {
	return {
		siteKey,
		origin,
		async passed(token) {
			if (token === "" || token.length > longestToken) return false;
			try {
				const { text } = await inquire({
					url: `${origin}/turnstile/v0/siteverify`,
					fields: { secret, response: token },
					patience,
				});
				const { success, "error-codes": errors } = v.parse(answer, JSON.parse(text));
				if (!success) console.warn(JSON.stringify({ event: "Turnstile refused", errors }));
				return success;
			} catch (error) {
				console.error(JSON.stringify({ event: "Turnstile could not be asked", error: String(error) }));
				return false;
			}
		},
	};
}
