import * as v from "valibot";
import type { Term } from "../posts/post.ts";
import type { Profile, Site } from "../posts/site.ts";
import { closestMatch } from "./did-you-mean.ts";
import { explainMissingFile } from "./entries.ts";
import { describeType, type ParseResult, parsedText, record, text } from "./fields.ts";
import { findFile } from "./file-addresses.ts";
import type { Media } from "./media.ts";
import type { FieldError } from "./problems.ts";
import { parseName } from "./slugs.ts";
import { type KnownTerms, toTerm } from "./terms.ts";
import { parseWebAddress } from "./web-address.ts";
import { lineOf } from "./yaml.ts";

/** Schema of `authors` in `site.yaml`: profiles by name. */
export const authorFields = v.record(
	parsedText(parseName),
	record(
		{
			bio: v.optional(text),
			url: v.optional(parsedText(parseWebAddress)),
			avatar: v.optional(parsedText(parseAvatar)),
		},
		{ bio: "bio: Writes about harbours." },
	),
	({ input }) =>
		`must be a map of author names, not ${describeType(input)}; add a line such as Jane Doe: and, indented below it, bio: Writes about harbours.`,
);

/** Converts author fields to profiles by the slug of the name. */
export function toProfiles(fields: v.InferOutput<typeof authorFields>, terms: KnownTerms): Site["authors"] {
	return Object.fromEntries(
		Object.entries(fields).map(([name, { bio, url, avatar }]): [string, Profile] => [
			toTerm(name, terms).slug,
			{ name, bio: bio ?? null, url: url ?? null, avatar: avatar ?? null },
		]),
	);
}

/** Replaces the avatars as written by the paths of their files. */
export function resolveAvatars(authors: Site["authors"], { files }: Pick<Media, "files">): Site["authors"] {
	return Object.fromEntries(
		Object.entries(authors).map(([slug, profile]) => {
			const file = profile.avatar === null ? null : findFile(profile.avatar, "", files);
			return [slug, { ...profile, avatar: file?.path ?? profile.avatar }];
		}),
	);
}

/** Returns the avatar images of the authors. */
export function avatarImages(authors: Site["authors"], { images }: Pick<Media, "images">): Media["images"] {
	const avatars = Object.values(authors).flatMap(({ avatar }) => {
		const image = avatar === null ? undefined : images[avatar];
		return avatar === null || image === undefined ? [] : [[avatar, image] as const];
	});
	return Object.fromEntries(avatars);
}

/** Reports avatars that do not exist. */
export function findMissingAvatars(
	authors: Site["authors"],
	media: Media,
	lines: ReadonlyMap<string, number>,
): FieldError[] {
	return Object.values(authors).flatMap(({ name, avatar }) => {
		const reason = avatar === null ? null : explainMissingFile(avatar, "", media);
		if (reason === null) return [];
		return [
			{
				line: lineOf(lines, ["authors", name, "avatar"]),
				message: `authors.${name}.avatar: "${avatar}" ${reason}`,
			},
		];
	});
}

/** Reports profiles whose name no post uses, usually because of a different spelling. */
export function findUnknownAuthors(
	authors: Site["authors"],
	used: readonly Term[],
	lines: ReadonlyMap<string, number>,
): FieldError[] {
	const names = new Set(used.map(({ name }) => name));
	const slugs = new Set(used.map(({ slug }) => slug));
	return Object.entries(authors).flatMap(([slug, { name }]) => {
		if (slugs.has(slug)) return [];
		const match = closestMatch(name, names);
		const fix = match === null ? "write the name as in the posts." : `did you mean "${match}"?`;
		return [
			{
				line: lineOf(lines, ["authors", name]),
				message: `authors.${name}: no post has an author of this name; ${fix}`,
			},
		];
	});
}

function parseAvatar(path: string): ParseResult<string> {
	if (path.startsWith("/media/")) return { value: path };
	return { error: `"${path}" is not a path below /media/; write one such as /media/mika.jpg.` };
}
