import type { Archive } from "./archive.ts";
import type { Post } from "./post.ts";

const date = /^\d{4}-\d{2}-\d{2}-/;

/** Returns the last part of an id, which begins with a date if the file's name does. */
const lastPart = (id: string) => id.split("/").at(-1) ?? id;

const nameIn = (id: string) => lastPart(id).replace(date, "");

const dayIn = (id: string) => date.exec(lastPart(id))?.[0];

/** Returns the published post that a post of this id was probably renamed to: of the same name, or alone of its day; or null. */
export function findRenamed(archive: Pick<Archive, "published">, id: string, now: number): Post | null {
	const posts = archive.published(now);
	const sameName = posts.filter((post) => nameIn(post.id) === nameIn(id));
	const day = dayIn(id);
	const sameDay = day === undefined ? [] : posts.filter((post) => dayIn(post.id) === day);
	const [found, ...others] = sameName.length > 0 ? sameName : sameDay;
	return others.length > 0 ? null : (found ?? null);
}
