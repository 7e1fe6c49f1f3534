import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../context.ts";
import { isDesk } from "../desk.ts";

/**
 * Headers of every response, whatever it is; `https` adds those that only make sense there, `widget` lets one private page
 * show what comes from that origin. What is `shared` is public and does without a group of windows of its own, which would
 * have the browser start another process for whoever arrives from elsewhere.
 */
export function securityHeaders(options: {
	style: string;
	https: boolean;
	shared: boolean;
	widget?: string | undefined;
}): [string, string][] {
	const { widget } = options;
	const policy = [
		"default-src 'none'",
		`style-src ${options.style}`,
		widget === undefined ? "script-src 'self'" : `script-src 'self' ${widget}`,
		...(widget === undefined ? [] : [`frame-src ${widget}`]),
		"connect-src 'self'",
		"img-src 'self' data:",
		"media-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	];
	return [
		["Content-Security-Policy", policy.join("; ")],
		["X-Content-Type-Options", "nosniff"],
		["X-Frame-Options", "DENY"],
		["Referrer-Policy", "strict-origin-when-cross-origin"],
		[
			"Permissions-Policy",
			"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
		],
		["Cross-Origin-Resource-Policy", "same-origin"],
		...(options.shared ? [] : [["Cross-Origin-Opener-Policy", "same-origin"] as [string, string]]),
		...(options.https
			? [["Strict-Transport-Security", "max-age=31536000; includeSubDomains"] as [string, string]]
			: []),
	];
}

/** Sets the security headers on whatever is answered, errors included. */
export const secure: MiddlewareHandler<AppEnv> = async (c, next) => {
	const { manifest, site } = c.var.services.archive;
	await next();
	const beside = isDesk(c.req.path) ? manifest.desk : manifest.prose;
	const style = `${manifest.theme.csp} ${beside.csp}`;
	const https = site.url.startsWith("https:");
	const shared = c.res.headers.get("Cache-Control")?.startsWith("public") ?? false;
	const headers = securityHeaders({ style, https, shared, widget: c.var.widget });
	for (const [name, value] of headers) c.res.headers.set(name, value);
};
