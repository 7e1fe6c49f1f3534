import type { D1Database } from "@cloudflare/workers-types";
/** Everything the platform hands the Worker: bindings from wrangler.toml, secrets from the environment. */
export type Env = {
	/** The conversation: comments, reactions, decisions. */
	DB: D1Database;
	/** Signs the tokens and cookies that tell one visitor's own things apart; 32 random bytes, base64url. */
	SIGNING_SECRET?: string;
};
