/** Written by `src/publish` before the Worker is bundled; see `src/posts/manifest.ts`. */
declare module "#content" {
	import type { Manifest } from "./posts/manifest.ts";
	export const manifest: Manifest;
	/** Every post's and page's Markdown, end to end; an entry's `body` says where its own part lies. */
	export const bodies: string;
}
