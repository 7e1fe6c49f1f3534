/**
 * The variables of the Worker that come from the environment or `secrets.env`; those of development and of Cloudflare's
 * own totals are left out. `start` exports whatever else the file has; workerd passes on what the configuration names.
 */
export const blogVariables = [
	"SIGNING_SECRET",
	"INVITE_SECRET",
	"OWNER_EMAIL",
	"RESEND_API_KEY",
	"AKISMET_KEY",
	"TURNSTILE_SITE_KEY",
	"TURNSTILE_SECRET",
	"ACCESS_TEAM_DOMAIN",
	"ACCESS_AUDIENCE",
	"ACCESS_OWNERS",
	"ACCESS_MODERATORS",
	"WEBHOOK_URL",
	"WEBHOOK_SECRET",
	"SLACK_WEBHOOK_URL",
	"DISCORD_WEBHOOK_URL",
	"METRICS_TOKEN",
] as const;
