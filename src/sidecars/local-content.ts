/** The content of `npm start` and of tests, in place of the generated `#content`: it is replaced while the Worker runs. */
import type { WorkerContent } from "../posts/worker-content.ts";

export let manifest: WorkerContent["manifest"];
export let posts: WorkerContent["posts"];
export let bodies: WorkerContent["bodies"];
export let search: WorkerContent["search"];

/** Replaces the content; services that were connected before still have the old one. */
export function replaceContent(content: WorkerContent): void {
	({ manifest, posts, bodies, search } = content);
}
