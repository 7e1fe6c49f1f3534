import type { Content } from "../content.ts";
import { fileLimit } from "../media.ts";
import { makeCards } from "./cards.ts";

type Drawable = Pick<
	Content,
	"manifest" | "posts" | "assets" | "chunks" | "external" | "search" | "cardLimit"
>;

/**
 * Draws the titles of the newest posts without a picture of their own, as many as the blog's settings and the platform's
 * limit of files allow, and of the blog itself.
 */
export async function addCards<Read extends Drawable>(content: Read, folder: string): Promise<Read> {
	const { manifest, posts, assets, chunks, external, search, cardLimit } = content;
	if (cardLimit === 0) return content;
	const others = assets.size + (external ? chunks.length : 0) + search().files.size;
	// One is the blog's own.
	const room = Math.max(0, fileLimit - others - 1);
	const without = posts.filter(({ draft, image }) => !draft && image?.raster !== true);
	const icon = assets.get("/icon.svg") ?? assets.get("/icon-512.png");
	const cards = await makeCards(without.slice(0, Math.min(cardLimit, room)), manifest.site, icon, folder);
	return {
		...content,
		manifest: { ...manifest, card: cards.site },
		posts: posts.map((post) => ({ ...post, card: cards.posts.get(post.id) ?? null })),
		assets: new Map([...assets, ...cards.files]),
	};
}
