import type { MiddlewareHandler } from "hono";
import { isAdminPath } from "../../../posts/engine-paths.ts";
import type { AppEnv } from "../context.ts";

/**
 * Returns the security headers of a response. `https` adds those that need it; `widget` allows an origin's script and frame
 * on a private page. `shared` pages omit `Cross-Origin-Opener-Policy`, which makes browsers start another process for
 * readers who come from another site.
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
		"manifest-src 'self'",
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

/** Sets the security headers on every response, errors included. */
export const addSecurityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
	const { manifest, site } = c.var.services.archive;
	await next();
	const beside = isAdminPath(c.req.path) ? manifest.admin : manifest.prose;
	// A feed that is opened in a browser has its style sheet in a file, as XML has no other way.
	const isXml = c.res.headers.get("Content-Type")?.startsWith("application/xml") ?? false;
	const style = isXml ? "'self'" : `${manifest.theme.csp} ${beside.csp}`;
	const https = site.url.startsWith("https:");
	const shared = c.res.headers.get("Cache-Control")?.startsWith("public") ?? false;
	const headers = securityHeaders({ style, https, shared, widget: c.var.widget });
	for (const [name, value] of headers) c.res.headers.set(name, value);
};
