import type { Manifest } from "./manifest.ts";

/** The content as the Worker imports it from `#content`, which the build writes. */
export type WorkerContent = {
	manifest: Manifest;
	/** The index of the posts, for `openIndex`. */
	posts: string;
	/** The bodies as one chunk, or the paths of static assets with one chunk each. */
	bodies: { bundled: string } | { assets: readonly string[] };
	/** The search index as JSON, see `search/index-files.ts`. */
	search: string;
};
