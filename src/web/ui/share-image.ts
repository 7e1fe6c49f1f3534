import type { Archive } from "../../posts/archive.ts";
import { type CoverImage, cardSize, type Page, type Post } from "../../posts/post.ts";

/** The image that other sites show beside a link to a page; its address is absolute. */
export type SharedImage = { address: string; alt: string; width: number | null; height: number | null };

/** Returns a post's own image, or the one drawn of its title, or else the blog's; other sites show no drawings such as SVG. */
export function shareImageOf(archive: Archive, entry: Post | Page | null): SharedImage | null {
	const { site, manifest } = archive;
	const absolute = ({ src, alt, width, height }: Omit<CoverImage, "raster">): SharedImage => ({
		address: new URL(src, site.url).href,
		alt,
		width,
		height,
	});
	if (entry !== null && "published" in entry) {
		if (entry.image?.raster) return absolute(entry.image);
		if (entry.card !== null) return absolute({ ...cardSize, src: entry.card, alt: entry.title });
	}
	if (site.image?.raster) return absolute(site.image);
	return manifest.card === null ? null : absolute({ ...cardSize, src: manifest.card, alt: site.title });
}
