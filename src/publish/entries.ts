import { createHash } from "node:crypto";
import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import type { Reading } from "./fields.ts";
import type { Media } from "./media.ts";
import { nearest } from "./nearest.ts";
import type { Mistake } from "./problems.ts";
import { mediaPathOf } from "./references.ts";
import { parseSlug, slugFromName } from "./slugs.ts";
import type { Source } from "./sources.ts";

/** A post or page that still has to be given its place in the bundle's text. */
export type Unplaced<E extends Post | Page> = E extends Post ? Omit<Post, "body"> : Omit<Page, "body">;

/** A post or page made from its file, next to the file. */
export type Made<E extends Post | Page, Fields> = { source: Source<Fields>; entry: Unplaced<E> };

/** What came of making one: null when it can have no address; remarks are mistakes it can be published with. */
export type Making<E extends Post | Page> = {
	entry: Unplaced<E> | null;
	mistakes: Mistake[];
	remarks: Mistake[];
};

/** Digest of the body and of all that its rendering depends on besides. */
export function hashOf(
	source: Source<unknown>,
	lang: string,
	contents: boolean,
	{ markdown }: Site,
	{ images }: Pick<Media, "images">,
): string {
	const pictures = source.references.map(({ href }) => {
		const path = mediaPathOf(href);
		const picture = path === null ? undefined : images[path];
		return picture === undefined ? null : [path, picture];
	});
	const basis = JSON.stringify([
		source.digest,
		lang,
		contents,
		markdown.breaks,
		pictures.filter((picture) => picture !== null),
	]);
	return digestOf(basis);
}

/** A short digest, different for different texts. */
export function digestOf(text: string): string {
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The slug from the front matter, else from the file's name. */
export function slugOf(source: Source<unknown>, slug: string | undefined): Reading<string> {
	if (slug !== undefined) return { value: slug };
	const reading = parseSlug(slugFromName(source.name));
	if ("value" in reading) return reading;
	return { wrong: `taken from the file's name, ${reading.wrong}` };
}

/** The media a body points at that are not there. */
export function missingMedia(source: Source<unknown>, media: Media): Mistake[] {
	return source.references.flatMap(({ kind, href, line }) => {
		const fault = whyMissing(href, media);
		return fault === null ? [] : [{ line, message: `${kind} "${href}" ${fault}` }];
	});
}

/** Why an address under `/media/` leads nowhere, or null. */
export function whyMissing(href: string, { folder, files }: Media): string | null {
	const path = mediaPathOf(href);
	if (path === null || files.has(path)) return null;
	const name = path.slice("/media/".length);
	const meant = nearest(
		name,
		Array.from(files.keys(), (file) => file.slice("/media/".length)),
	);
	const fix = meant === null ? `add ${folder}/${name}.` : `did you mean "/media/${meant}"?`;
	return `does not exist; ${fix}`;
}
