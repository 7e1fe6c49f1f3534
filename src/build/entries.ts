import type { Body } from "../posts/body.ts";
import type { Page, Post } from "../posts/post.ts";
import { closestMatch } from "./did-you-mean.ts";
import type { ParseResult } from "./fields.ts";
import type { Media } from "./media.ts";
import type { FieldError } from "./problems.ts";
import { parseMediaPath } from "./references.ts";
import { parseSlug, slugFromName } from "./slugs.ts";
import type { Source } from "./sources.ts";

/** A post or page without the location of its body. */
export type EntryMetadata<E extends Post | Page> = E extends Post ? Omit<Post, "body"> : Omit<Page, "body">;

/** A post or page with its source file and body. */
export type BuiltEntry<E extends Post | Page, Fields> = {
	source: Source<Fields>;
	entry: EntryMetadata<E>;
	body: Body;
};

/** The result of building an entry. `entry` is null if it has no valid address; warnings do not prevent publication. */
export type EntryResult<E extends Post | Page> = {
	entry: EntryMetadata<E> | null;
	errors: FieldError[];
	warnings: FieldError[];
};

/** Returns the slug from the front matter, otherwise from the file name. */
export function resolveSlug(source: Source<unknown>, slug: string | undefined): ParseResult<string> {
	if (slug !== undefined) return { value: slug };
	const result = parseSlug(slugFromName(source.name));
	if ("value" in result) return result;
	return { error: `taken from the file name, ${result.error}` };
}

/** Reports media files that a body refers to and that do not exist. */
export function findMissingMedia(source: Source<unknown>, media: Media): FieldError[] {
	return source.references.flatMap(({ kind, href, line }) => {
		const reason = explainMissingFile(href, media);
		return reason === null ? [] : [{ line, message: `${kind} "${href}" ${reason}` }];
	});
}

/** Explains why an address below `/media/` does not exist; null if it does. */
export function explainMissingFile(href: string, { folder, files }: Media): string | null {
	const path = parseMediaPath(href);
	if (path === null || files.has(path)) return null;
	const name = path.slice("/media/".length);
	const match = closestMatch(
		name,
		Array.from(files.keys(), (file) => file.slice("/media/".length)),
	);
	const fix = match === null ? `add ${folder}/${name}.` : `did you mean "/media/${match}"?`;
	return `does not exist; ${fix}`;
}
