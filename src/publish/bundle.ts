import type { Manifest } from "../posts/manifest.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Made } from "./entries.ts";
import { compareText } from "./problems.ts";

/** Lays all bodies end to end, and tells every post and page where its own lies. */
export function bundle(
	posts: readonly Made<Post, unknown>[],
	pages: readonly Made<Page, unknown>[],
): Pick<Manifest, "posts" | "pages"> & { bodies: string } {
	const bodies: string[] = [];
	let end = 0;
	const place = (body: string) => {
		bodies.push(body);
		const start = end;
		end += body.length;
		return { start, end };
	};
	return {
		posts: [...posts]
			.sort(({ entry: a }, { entry: b }) => b.published - a.published || compareText(a.id, b.id))
			.map(({ source, entry }) => ({ ...entry, body: place(source.body) })),
		pages: [...pages]
			.sort(({ entry: a }, { entry: b }) => rank(a) - rank(b) || compareText(a.id, b.id))
			.map(({ source, entry }) => ({ ...entry, body: place(source.body) })),
		bodies: bodies.join(""),
	};
}

/** Pages that name no place in the navigation come after those that do. */
function rank({ navigationOrder }: Pick<Page, "navigationOrder">): number {
	return navigationOrder ?? Number.MAX_SAFE_INTEGER;
}
