/** Recognizes errors of wrangler 4.164 by their texts, since it has no error codes. */

/** Whether wrangler failed for lack of valid credentials. */
export function isLoggedOut(text: string): boolean {
	return /CLOUDFLARE_API_TOKEN environment variable|wrangler login|not authenticated|Invalid access token/i.test(
		text,
	);
}

/** The message for `isLoggedOut`. */
export const loginHint =
	"Not logged in to Cloudflare: run npx wrangler login, or set CLOUDFLARE_API_TOKEN, then run this again.";

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
