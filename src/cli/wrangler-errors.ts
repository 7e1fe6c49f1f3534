/** Recognizes errors of wrangler 4.164 by their texts, since it has no error codes. */

/** Whether wrangler failed for lack of valid credentials. */
export function isLoggedOut(text: string): boolean {
	return /CLOUDFLARE_API_TOKEN environment variable|wrangler login|not authenticated|Invalid access token/i.test(
		text,
	);
}

/** Whether Cloudflare refused the credentials: they are invalid, expired, or lack a permission. */
export function isRefused(text: string): boolean {
	return /\[code: (?:6003|6111|9103|9106|9109|10000|10001)\]|Authentication error|Invalid API Token/i.test(
		text,
	);
}

/** Returns what to do about missing or refused credentials, or null for any other failure. */
export function credentialsHint(text: string): string | null {
	if (isLoggedOut(text)) {
		return "Not logged in to Cloudflare: run npx wrangler login, or set CLOUDFLARE_API_TOKEN, then run this again.";
	}
	return isRefused(text)
		? "Cloudflare refused the credentials: if CLOUDFLARE_API_TOKEN is set, check that it is valid and may edit Workers and D1 of this account; otherwise run npx wrangler login. Then run this again."
		: null;
}

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
