import type { Body } from "../posts/body.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Reading } from "./fields.ts";
import type { Media } from "./media.ts";
import { nearest } from "./nearest.ts";
import type { Mistake } from "./problems.ts";
import { mediaPathOf } from "./references.ts";
import { parseSlug, slugFromName } from "./slugs.ts";
import type { Source } from "./sources.ts";

/** A post or page whose body still has to be given its place. */
export type Unplaced<E extends Post | Page> = E extends Post ? Omit<Post, "body"> : Omit<Page, "body">;

/** A post or page made from its file, next to the file and to what will be laid with its text. */
export type Made<E extends Post | Page, Fields> = {
	source: Source<Fields>;
	entry: Unplaced<E>;
	body: Body;
};

/** What came of making one: null when it can have no address; remarks are mistakes it can be published with. */
export type Making<E extends Post | Page> = {
	entry: Unplaced<E> | null;
	mistakes: Mistake[];
	remarks: Mistake[];
};

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
