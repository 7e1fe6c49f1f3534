import * as v from "valibot";
import { verificationLifetime } from "../identities/identity.ts";
import { rowSchema } from "../tokens/row.ts";
import { tokenKind } from "../tokens/token.ts";
import { confirmationLifetime } from "./subscription.ts";

// The claims of links in mails name rows, never an e-mail address.

/** Confirms a subscription. */
export const confirmToken = tokenKind("subscription-confirmation", v.object({ subscription: rowSchema }), {
	lifetime: confirmationLifetime,
});

/** Ends subscriptions; valid as long as the mail is kept. */
export const unsubscribeToken = tokenKind(
	"subscription-end",
	v.object({ subscriptions: v.array(rowSchema) }),
	{
		lifetime: null,
	},
);

/** Verifies an e-mail address. */
export const verificationToken = tokenKind("verification", v.object({ verification: rowSchema }), {
	lifetime: verificationLifetime,
});

/** Paths of the links in mails. */
export const linkPaths = {
	confirm: (token: string) => `/subscriptions/${token}/confirmation`,
	end: (token: string) => `/subscriptions/${token}/end`,
	verify: (token: string) => `/verifications/${token}`,
};
