import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { type FoundFile, toFoundFile } from "../folder.ts";
import { drawIcon } from "../icons.ts";
import { type Card, cardDesign, drawCard, iconPlace } from "./card.ts";
import { createTypesetter } from "./typesetter.ts";

/** The images drawn of titles: addresses by post id, that of the blog, and the files by address. */
export type Cards = {
	posts: ReadonlyMap<string, string>;
	site: string | null;
	files: ReadonlyMap<string, FoundFile>;
};

/** Cards of a build that draws none. */
export const noCards: Cards = { posts: new Map(), site: null, files: new Map() };

/**
 * Draws the titles of posts and of the blog, with the blog's icon, for sites where a link is shared. The images are stored in
 * `folder` by what is on them and drawn once; others are removed. A title with a character that the font lacks has none.
 */
export async function makeCards(
	posts: readonly Pick<Post, "id" | "title" | "lang">[],
	{ title, tagline, language }: Pick<Site, "title" | "tagline" | "language">,
	icon: FoundFile | undefined,
	folder: string,
): Promise<Cards> {
	mkdirSync(folder, { recursive: true });
	const source = icon === undefined ? null : readFileSync(icon.path);
	const draw = createArtist(source, folder);
	const files = new Map<string, FoundFile>();
	const addressOf = async (card: Card): Promise<string | null> => {
		const name = await draw(card);
		if (name === null) return null;
		files.set(`/share/${name}`, toFoundFile(join(folder, name), name));
		return `/share/${name}`;
	};
	const byPost = new Map<string, string>();
	for (const post of posts) {
		const card = { title: post.title, lang: post.lang, below: title, belowLang: language };
		const address = await addressOf(card);
		if (address !== null) byPost.set(post.id, address);
	}
	const site = await addressOf({ title, lang: language, below: tagline, belowLang: language });
	for (const name of readdirSync(folder)) if (!files.has(`/share/${name}`)) rmSync(join(folder, name));
	return { posts: byPost, site, files };
}

/** Returns a function that draws a card unless it is stored, and returns the name of its file. */
function createArtist(icon: Buffer | null, folder: string): (card: Card) => Promise<string | null> {
	const digest = (text: string | Buffer) => createHash("sha256").update(text).digest("hex").slice(0, 20);
	const iconDigest = icon === null ? "" : digest(icon);
	// Loaded with the first card that is not stored yet.
	let tools: Promise<{
		typesetter: Awaited<ReturnType<typeof createTypesetter>>;
		overlay: { input: Buffer; left: number; top: number }[];
	}> | null = null;
	const load = async () => {
		const { size, left, top } = iconPlace;
		const overlay = icon === null ? [] : [{ input: await drawIcon(icon, size), left, top }];
		return { typesetter: await createTypesetter(), overlay };
	};
	return async (card) => {
		const name = `${digest(JSON.stringify([cardDesign, iconDigest, card]))}.png`;
		if (existsSync(join(folder, name))) return name;
		tools ??= load();
		const { typesetter, overlay } = await tools;
		const svg = drawCard(card, typesetter);
		if (svg === null) return null;
		const { default: sharp } = await import("sharp");
		const png = await sharp(Buffer.from(svg))
			.composite(overlay)
			.png({ palette: true, colors: 64, dither: 0 })
			.toBuffer();
		const partial = join(folder, `${process.pid}.partial`);
		writeFileSync(partial, png);
		renameSync(partial, join(folder, name));
		return name;
	};
}
