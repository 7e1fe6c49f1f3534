/**
 * Returns the headers of a request with the client's address where Cloudflare has it, or null if they need no change. The
 * address is the last one in `X-Forwarded-For`, which the proxy in front added itself; all before it are the client's
 * words. Unless the proxy is trusted there is no address, whatever the request says.
 */
export function withClientAddress(headers: Headers, isProxyTrusted: boolean): Headers | null {
	const address = isProxyTrusted ? lastAddress(headers.get("X-Forwarded-For")) : null;
	if (headers.get(header) === address) return null;
	const changed = new Headers(headers);
	if (address === null) changed.delete(header);
	else changed.set(header, address);
	return changed;
}

const header = "CF-Connecting-IP";

function lastAddress(forwardedFor: string | null): string | null {
	const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
	return /^[0-9a-f.:]{2,45}$/i.test(last) ? last : null;
}
