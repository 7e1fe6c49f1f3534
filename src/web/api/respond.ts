import { BlogError } from "../../errors.ts";
import { cache, type Dependencies } from "../http/caching.ts";
import type { AppContext } from "../http/context.ts";
import { redirectToKnownQuery } from "../http/known-query.ts";

/** Reads the parameters of a request, each of which may be there once. Unknown ones are an error: a typing mistake would select everything. */
export function readParameters<Name extends string>(
	c: AppContext,
	names: readonly Name[],
): Partial<Record<Name, string>> {
	const read: Partial<Record<Name, string>> = {};
	for (const [key, value] of new URL(c.req.url).searchParams) {
		const name = names.find((each) => each === key);
		if (name === undefined) throw new BlogError("invalid", `There is no parameter "${key}"; ${list(names)}.`);
		if (read[name] !== undefined) throw new BlogError("invalid", `"${key}" is given twice; give it once.`);
		if (value === "") throw new BlogError("invalid", `"${key}" is empty; give it a value or leave it out.`);
		read[name] = value;
	}
	return read;
}

/**
 * Redirects to the one address of a resource, or returns null at that address. `path` and the parameters' values are as the
 * API's own links have them; any other spelling would be one more copy in every cache.
 */
export function redirectToOwnAddress(
	c: AppContext,
	path: string,
	parameters: readonly (readonly [name: string, value: string | undefined])[] = [],
): Response | null {
	const query = queryOf(parameters);
	if (new URL(c.req.url).pathname === path) return redirectToKnownQuery(c, query);
	c.set("hasKnownQuery", true);
	cache(c, "asset");
	return c.redirect(path + query, 302);
}

/** Writes the parameters that have a value as a query, `?` included; empty without any. */
export function queryOf(parameters: readonly (readonly [name: string, value: string | undefined])[]): string {
	const given = parameters.flatMap(([name, value]) =>
		value === undefined ? [] : `${name}=${encodeURIComponent(value.toWellFormed())}`,
	);
	return given.length === 0 ? "" : `?${given.join("&")}`;
}

/** Responds with data that is the same for everybody. A `next` in it is announced in a header too (RFC 8288). */
export function respondWithData(
	c: AppContext,
	data: Record<string, unknown> & { next?: string | null },
	dependencies: Dependencies = {},
): Response {
	cache(c, "shared", dependencies);
	c.header("X-Robots-Tag", "noindex");
	if (typeof data.next === "string") c.header("Link", `<${data.next}>; rel="next"`);
	return c.json(data);
}

function list(names: readonly string[]): string {
	return names.length === 0 ? "this address takes none" : `there are ${names.join(", ")}`;
}
