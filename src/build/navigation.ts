import type { Site } from "../posts/site.ts";
import { explainMissingFile } from "./entries.ts";
import { findFile } from "./file-addresses.ts";
import type { Media } from "./media.ts";
import type { FieldError } from "./problems.ts";
import { lineOf } from "./yaml.ts";

/** Replaces the addresses of files in the menu by those they are served at. */
export function resolveNavigation(
	navigation: Site["navigation"],
	{ files }: Pick<Media, "files">,
): Site["navigation"] {
	return navigation.map((link) => ({ ...link, url: findFile(link.url, "", files)?.address ?? link.url }));
}

/** Reports entries of the menu that lead to files that do not exist. */
export function findMissingNavigation(
	navigation: Site["navigation"],
	media: Media,
	lines: ReadonlyMap<string, number>,
): FieldError[] {
	return navigation.flatMap(({ url }, at) => {
		const reason = url.startsWith("/media/") ? explainMissingFile(url, "", media) : null;
		if (reason === null) return [];
		const line = lineOf(lines, ["navigation", String(at), "url"]);
		return [{ line, message: `navigation.url: "${url}" ${reason}` }];
	});
}
