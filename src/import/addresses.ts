import { decodePath, pathKey } from "../posts/paths.ts";

/** Query parameters that only count visits. */
const tracking = /^(?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid|replytocom|_ga|share|nb)$/i;

/** An old address split into what matters: `host` is empty for a path alone. */
export type OldAddress = { host: string; path: string; query: string; fragment: string };

/**
 * Parses an address of the old blog: absolute, without scheme, or from the root. Paths are decoded (NFC), tracking parameters
 * dropped, the others sorted. Null for what is no address.
 */
export function parseOldAddress(address: string, base: string | null = null): OldAddress | null {
	const url = URL.parse(address.trim(), base ?? "http://-/");
	if (url === null || !/^https?:$/.test(url.protocol)) return null;
	const kept = [...url.searchParams].filter(([name]) => !tracking.test(name)).sort();
	return {
		host: url.host === "-" ? "" : url.host.replace(/^www\./, ""),
		path: decodePath(url.pathname).normalize("NFC"),
		query: kept.map(([name, value]) => (value === "" ? name : `${name}=${value}`)).join("&"),
		fragment: url.hash.slice(1),
	};
}

/** Returns the key under which an old address is looked up, whatever its host, spelling and trailing slash. */
export function addressKey({ path, query }: Pick<OldAddress, "path" | "query">): string {
	return query === "" ? pathKey(path) : `${pathKey(path)}?${query}`;
}

/** Hosts on which services keep the pictures of their blogs, by the host of a blog. */
const pictureHosts: readonly [RegExp, (host: string) => readonly string[]][] = [
	[
		/(?:^|\.)(?:hatenablog\.(?:com|jp)|hateblo\.jp|hatenadiary\.(?:com|jp|org))$/,
		() => ["cdn-ak.f.st-hatena.com", "cdn.f.st-hatena.com", "f.st-hatena.com"],
	],
	[/^[\w-]+\.wordpress\.com$/, (host) => [host.replace(/wordpress\.com$/, "files.wordpress.com")]],
	[/(?:^|\.)(?:livedoor\.(?:jp|blog|biz)|blog\.jp)$/, () => ["livedoor.blogimg.jp"]],
];

/** Returns the hosts of old blogs with those on which their pictures are. */
export function withPictureHosts(hosts: Iterable<string>): Set<string> {
	const all = new Set(hosts);
	for (const host of [...all]) {
		for (const [blog, of] of pictureHosts) if (blog.test(host)) for (const each of of(host)) all.add(each);
	}
	return all;
}

/** Returns the host of an address without `www.`; empty if it has none. */
export function hostOf(address: string | null): string {
	return address === null ? "" : (parseOldAddress(address)?.host ?? "");
}
