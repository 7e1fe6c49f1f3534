/** What wrangler 4.164 means by its error texts; it has no codes to go by, so the words are kept in this one place. */

/** Whether wrangler failed for want of credentials that Cloudflare accepts. */
export function isLoggedOut(text: string): boolean {
	return /CLOUDFLARE_API_TOKEN environment variable|wrangler login|not authenticated|Invalid access token/i.test(
		text,
	);
}

/** What to do about `isLoggedOut`. */
export const howToLogIn =
	"Cloudflare does not know you: run npx wrangler login, or set CLOUDFLARE_API_TOKEN, then run this again.";

/** Whether wrangler failed because the Worker was never deployed. */
export function isWorkerMissing(text: string): boolean {
	return /Worker ".*"(?: \(env: .*\))? not found/.test(text);
}

/** Whether wrangler failed because the deployment's D1 database was never created. */
export function isDatabaseMissing(text: string): boolean {
	return /Couldn't find an? (?:auto-provisioned )?D1 DB/.test(text);
}

/** Whether SQLite failed because the migrations were never applied. */
export function isUnmigrated(text: string): boolean {
	return /no such table/.test(text);
}
