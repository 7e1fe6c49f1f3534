import type { D1Database, RateLimit } from "@cloudflare/workers-types";
/** Everything the platform hands the Worker: bindings from wrangler.toml, secrets from the environment. */
export type Env = {
	/** The conversation: comments, reactions, decisions. */
	DB: D1Database;
	/** Signs the tokens and cookies that tell one visitor's own things apart; 32 random bytes, base64url. */
	SIGNING_SECRET?: string;
	/** Signs the links by which members enrol; 32 random bytes, base64url, or more. */
	INVITE_SECRET?: string;
	/** How often one network may try to sign in. */
	SIGN_IN_LIMIT?: RateLimit;
	/** Cloudflare Access in front of `/admin`: the team's domain, such as `cats.cloudflareaccess.com`. */
	ACCESS_TEAM_DOMAIN?: string;
	/** Audience tag of the Access application. */
	ACCESS_AUDIENCE?: string;
	/** E-mail addresses that Access may let in as owners, separated by commas. */
	ACCESS_OWNERS?: string;
	/** The same for moderators. */
	ACCESS_MODERATORS?: string;
};
