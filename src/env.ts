import type {
	D1Database,
	Fetcher,
	RateLimit,
	SendEmail,
	WorkerVersionMetadata,
} from "@cloudflare/workers-types";

/** The Worker's environment: bindings from wrangler.toml, and secrets. */
export type Env = {
	/** Comments, reactions, moderation and everything else that is stored. */
	DB: D1Database;
	/** Static assets, with the posts' bodies if there are too many for the bundle. */
	ASSETS?: Fetcher;
	/** The deployed version, with the time it was uploaded. */
	CF_VERSION_METADATA?: WorkerVersionMetadata;
	/** Signs cookies and tokens; 32 random bytes, base64url. */
	SIGNING_SECRET?: string;
	/** Signs invitations; 32 random bytes, base64url, or more. */
	INVITE_SECRET?: string;
	/** Limits sign-in attempts of one network. */
	SIGN_IN_LIMIT?: RateLimit;
	/** Limits comments of one network; further ones are held. */
	COMMENT_LIMIT?: RateLimit;
	/** Akismet API key; if set, Akismet checks the comments of newcomers. */
	AKISMET_KEY?: string;
	/** Turnstile key pair; if both are set, newcomers have to pass Turnstile. */
	TURNSTILE_SITE_KEY?: string;
	TURNSTILE_SECRET?: string;
	/** Limits mails to unconfirmed addresses, requested by one network. */
	MAIL_LIMIT?: RateLimit;
	/** Cloudflare Access in front of `/admin`: the team's domain, such as `cats.cloudflareaccess.com`. */
	ACCESS_TEAM_DOMAIN?: string;
	/** Audience tag of the Access application. */
	ACCESS_AUDIENCE?: string;
	/** E-mail addresses that sign in through Access as owners, separated by commas. */
	ACCESS_OWNERS?: string;
	/** The same for moderators. */
	ACCESS_MODERATORS?: string;
	/** Cloudflare's Email Service; on the free plan it sends only to addresses verified in the dashboard. */
	EMAIL?: SendEmail;
	/** Resend API key, for mail to any address; takes precedence over `EMAIL`. */
	RESEND_API_KEY?: string;
	/** Address for mails about new and waiting comments. */
	OWNER_EMAIL?: string;
	/** URL (https) that receives a signed POST for each new or waiting comment, and its signing key. */
	WEBHOOK_URL?: string;
	WEBHOOK_SECRET?: string;
	/** Incoming webhooks of chat channels, for new and waiting comments. */
	SLACK_WEBHOOK_URL?: string;
	DISCORD_WEBHOOK_URL?: string;
	/** Token with which programs read the figures at `/metrics`. */
	METRICS_TOKEN?: string;
	/** Account and API token (Account Analytics, read) for the totals of Cloudflare's analytics; both are needed. */
	CLOUDFLARE_ACCOUNT_ID?: string;
	CLOUDFLARE_ANALYTICS_TOKEN?: string;
	/** "1" on a local server: mails are stored and shown at /admin/outbox instead of being sent. */
	DEVELOPMENT?: string;
	/** URL of the local server, used instead of the site's `url` so that links work in development. */
	LOCAL_URL?: string;
};
