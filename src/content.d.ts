/** Written by `src/publish` before the Worker is bundled; see `src/posts/manifest.ts` and `src/posts/post-index.ts`. */
declare module "#content" {
	import type { Manifest } from "./posts/manifest.ts";
	export const manifest: Manifest;
	/** The index of the posts, for `openIndex`. */
	export const posts: string;
	/** The one text all bodies lie in, or the paths of the static assets they lie in. */
	export const bodies: { bundled: string } | { moved: readonly string[] };
}
