import type { D1Database, Fetcher, RateLimit, SendEmail } from "@cloudflare/workers-types";
/** Everything the platform hands the Worker: bindings from wrangler.toml, secrets from the environment. */
export type Env = {
	/** The conversation: comments, reactions, decisions. */
	DB: D1Database;
	/** The static assets; the posts' texts are among them where there are too many for the bundle. */
	ASSETS?: Fetcher;
	/** Signs the tokens and cookies that tell one visitor's own things apart; 32 random bytes, base64url. */
	SIGNING_SECRET?: string;
	/** Signs the links by which members enrol; 32 random bytes, base64url, or more. */
	INVITE_SECRET?: string;
	/** How often one network may try to sign in. */
	SIGN_IN_LIMIT?: RateLimit;
	/** How many comments one network may send before they wait. */
	COMMENT_LIMIT?: RateLimit;
	/** Key of Akismet's API, which is asked about newcomers' comments where it is set. */
	AKISMET_KEY?: string;
	/** Turnstile's key pair; newcomers are asked to pass it where both are set. */
	TURNSTILE_SITE_KEY?: string;
	TURNSTILE_SECRET?: string;
	/** How often one network may have us mail somebody who has not confirmed that they want it. */
	MAIL_LIMIT?: RateLimit;
	/** Cloudflare Access in front of `/admin`: the team's domain, such as `cats.cloudflareaccess.com`. */
	ACCESS_TEAM_DOMAIN?: string;
	/** Audience tag of the Access application. */
	ACCESS_AUDIENCE?: string;
	/** E-mail addresses that Access may let in as owners, separated by commas. */
	ACCESS_OWNERS?: string;
	/** The same for moderators. */
	ACCESS_MODERATORS?: string;
	/** Cloudflare's own mail; on the free plan it reaches only addresses verified in the dashboard. */
	EMAIL?: SendEmail;
	/** Key of Resend's API, through which mail reaches anyone; it comes before `EMAIL` where both are set. */
	RESEND_API_KEY?: string;
	/** Where the owner hears by mail of new and waiting comments. */
	OWNER_EMAIL?: string;
	/** An https address that gets a signed POST for each new or waiting comment, and the key of its signature. */
	WEBHOOK_URL?: string;
	WEBHOOK_SECRET?: string;
	/** Incoming webhooks of chat rooms that hear of new and waiting comments. */
	SLACK_WEBHOOK_URL?: string;
	DISCORD_WEBHOOK_URL?: string;
	/** "1" on a local server: mails are kept and shown at /admin/outbox instead of being sent. */
	DEVELOPMENT?: string;
	/** Where a blog in development is reached, whatever its `url` says: its links have to work on the owner's machine. */
	LOCAL_URL?: string;
};
