import { basename, posix } from "node:path";
import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import { closestMatch } from "./did-you-mean.ts";
import type { ParseResult } from "./fields.ts";
import { findFile, isRelative, readAddress } from "./file-addresses.ts";
import type { Media } from "./media.ts";
import type { FieldError } from "./problems.ts";
import type { MarkdownBody } from "./render-body.ts";
import { entryName, parseSlug, slugFromName } from "./slugs.ts";
import type { Source } from "./sources.ts";

/** A post or page without the location of its body. */
export type EntryMetadata<E extends Post | Page> = E extends Post ? Omit<Post, "body"> : Omit<Page, "body">;

/** A post or page with its source file and body. */
export type BuiltEntry<E extends Post | Page, Fields> = {
	source: Source<Fields>;
	entry: EntryMetadata<E>;
	body: MarkdownBody;
};

/** The result of building an entry. `entry` is null if it has no valid address; warnings do not prevent publication. */
export type EntryResult<E extends Post | Page> = {
	entry: EntryMetadata<E> | null;
	errors: FieldError[];
	warnings: FieldError[];
};

/** Returns an entry's file below the content folder; null for a blog without a repository, whose index leaves it out. */
export function fileOf({ folder, file }: Source<unknown>, { repository }: Site): string | null {
	return repository === null ? null : posix.join(folder, basename(file));
}

/** Returns the slug from the front matter, otherwise from the file name. */
export function resolveSlug(source: Source<unknown>, slug: string | undefined): ParseResult<string> {
	if (slug !== undefined) return { value: slug };
	const result = parseSlug(slugFromName(entryName(source.name)));
	if ("value" in result) return result;
	return { error: `taken from the file name, ${result.error}` };
}

/** Reports files that a body refers to and that do not exist. */
export function findMissingFiles(source: Source<unknown>, media: Media): FieldError[] {
	return source.references.flatMap(({ kind, href, line }) => {
		// A relative link may lead to a page.
		if (kind === "link" && isRelative(href) && !/^(?:\.{1,2}\/)*media\//.test(href)) return [];
		const reason = explainMissingFile(href, source.folder, media);
		return reason === null ? [] : [{ line, message: `${kind} "${href}" ${reason}` }];
	});
}

/** Explains why an address below `/media/`, or a relative one, leads to no file; null if it does. */
export function explainMissingFile(
	href: string,
	from: string,
	{ folder, files }: Pick<Media, "folder" | "files">,
): string | null {
	if (!href.startsWith("/media/") && !isRelative(href)) return null;
	if (findFile(href, from, files) !== null) return null;
	const written = readAddress(href).at(-1)?.name ?? href;
	const name = written.replace(/^(?:\/|(?:\.{1,2}\/)+)/, "").replace(/^media\//, "");
	const match = closestMatch(
		name,
		Array.from(files.keys(), (file) => file.slice("/media/".length)),
	);
	if (match !== null) return `does not exist; did you mean "/media/${match}"?`;
	if (href.startsWith("/")) return `does not exist; add ${folder}/${name}.`;
	return `does not exist; put it beside this file, or into ${folder} and write /media/${name}.`;
}
