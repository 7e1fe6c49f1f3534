import * as v from "valibot";
import { decodePath, slugify } from "../posts/paths.ts";
import type { Profile, Site } from "../posts/site.ts";
import { whyMissing } from "./entries.ts";
import { kindOf, type Reading, read, record, text } from "./fields.ts";
import type { Media } from "./media.ts";
import { nearest } from "./nearest.ts";
import type { Mistake } from "./problems.ts";
import { mediaPathOf } from "./references.ts";
import { parseName } from "./slugs.ts";
import { parseWebAddress } from "./web-address.ts";
import { lineOf } from "./yaml.ts";

/** `authors` in `site.yaml`: names, and what the page of each says. */
export const authorFields = v.record(
	read(parseName),
	record(
		{
			bio: v.optional(text),
			url: v.optional(read(parseWebAddress)),
			avatar: v.optional(read(parseAvatar)),
		},
		{ bio: "bio: Writes about harbours." },
	),
	({ input }) =>
		`must have a name for each author, not ${kindOf(input)}; write below it a line such as Jane Doe:, and below that bio: Writes about harbours.`,
);

/** Profiles by the slug of the name. */
export function profilesOf(fields: v.InferOutput<typeof authorFields>): Site["authors"] {
	return Object.fromEntries(
		Object.entries(fields).map(([name, { bio, url, avatar }]): [string, Profile] => [
			slugify(name),
			{ name, bio: bio ?? null, url: url ?? null, avatar: avatar ?? null },
		]),
	);
}

/** The pictures of the authors. */
export function avatarsOf(authors: Site["authors"], { images }: Pick<Media, "images">): Media["images"] {
	const shown = Object.values(authors).flatMap(({ avatar }) => {
		const path = avatar === null ? null : mediaPathOf(avatar);
		const picture = path === null ? undefined : images[path];
		return path === null || picture === undefined ? [] : [[path, picture] as const];
	});
	return Object.fromEntries(shown);
}

/** The avatars that are not there. */
export function missingAvatars(
	authors: Site["authors"],
	media: Media,
	lines: ReadonlyMap<string, number>,
): Mistake[] {
	return Object.values(authors).flatMap(({ name, avatar }) => {
		const fault = avatar === null ? null : whyMissing(avatar, media);
		if (fault === null) return [];
		return [
			{
				line: lineOf(lines, ["authors", name, "avatar"]),
				message: `authors.${name}.avatar: "${avatar}" ${fault}`,
			},
		];
	});
}

/** The profiles of nobody who writes here: a name is easily spelled another way in the posts. */
export function unknownAuthors(
	{ authors, author }: Pick<Site, "authors" | "author">,
	writers: Iterable<string>,
	lines: ReadonlyMap<string, number>,
): Mistake[] {
	const names = new Set([author.name, ...writers]);
	const slugs = new Set(Array.from(names, slugify));
	return Object.entries(authors).flatMap(([slug, { name }]) => {
		if (slugs.has(slug)) return [];
		const meant = nearest(name, names);
		const fix = meant === null ? "write the name as the posts do." : `did you mean "${meant}"?`;
		return [
			{
				line: lineOf(lines, ["authors", name]),
				message: `authors.${name}: nobody of that name writes here; ${fix}`,
			},
		];
	});
}

function parseAvatar(path: string): Reading<string> {
	if (path.startsWith("/media/")) return { value: decodePath(path).normalize("NFC") };
	return { wrong: `"${path}" is not a picture of the blog; write a path such as /media/mika.jpg.` };
}
