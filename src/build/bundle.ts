import { createHash } from "node:crypto";
import { writeBody } from "../posts/body.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import type { BuiltEntry, EntryMetadata } from "./entries.ts";
import { compareText } from "./problems.ts";
import type { BuildProgress } from "./progress.ts";
import { type MarkdownBody, renderBody } from "./render-body.ts";
import type { Source } from "./sources.ts";

/** Posts and pages in order, and the chunks that contain their bodies. */
export type Bundle = {
	posts: Post[];
	pages: Page[];
	chunks: Chunk[];
	/** Whether the chunks are static assets, because they are too large to bundle with the Worker. */
	external: boolean;
};

/** Concatenated bodies as parts, with a digest that identifies the content without reading it. */
export type Chunk = { parts: readonly string[]; digest: string };

/** Sorts posts and pages, renders their bodies, and concatenates them into one chunk, or into several if it would be too long. */
export function bundle(
	posts: readonly BuiltEntry<Post, unknown>[],
	pages: readonly BuiltEntry<Page, unknown>[],
	settings: Site["markdown"],
	progress: BuildProgress = () => {},
	limits: { bundled: number; chunk: number } = defaultLimits,
): Bundle {
	const postsInOrder = posts.toSorted(
		({ entry: a }, { entry: b }) => b.published - a.published || compareText(a.id, b.id),
	);
	const pagesInOrder = pages.toSorted(
		({ entry: a }, { entry: b }) => rank(a) - rank(b) || compareText(a.id, b.id),
	);
	const total = [...postsInOrder, ...pagesInOrder].reduce((sum, entry, at, { length }) => {
		progress("Rendering", at, length);
		return sum + serialize(entry, settings).bytes;
	}, 0);
	const external = total > limits.bundled;
	const chunks: OpenChunk[] = [];
	const open = new Map<string, number>();

	function place(entry: BodyInput, group: string): Post["body"] {
		const { part, digest, bytes: size } = serialize(entry, settings);
		const key = external ? group : "";
		let number = open.get(key);
		const last = number === undefined ? undefined : chunks[number];
		if (number === undefined || last === undefined || (external && last.bytes + size > limits.chunk)) {
			number = chunks.push(emptyChunk()) - 1;
			open.set(key, number);
		}
		const chunk = chunks[number] ?? emptyChunk();
		const start = chunk.end;
		chunk.parts.push(part);
		chunk.digests.push(digest);
		chunk.end += part.length;
		chunk.bytes += size;
		return { chunk: number, start, end: chunk.end };
	}

	return {
		posts: postsInOrder.map((built) => ({ ...built.entry, body: place(built, chunkKey(built.entry)) })),
		pages: pagesInOrder.map((built) => ({ ...built.entry, body: place(built, "pages") })),
		chunks: chunks.map(({ parts, digests }) => ({ parts, digest: digestOf(digests.join()) })),
		external,
	};
}

/**
 * Limits in bytes. Bundled bodies count towards the Worker's size and are loaded by every isolate. An external chunk is
 * read for a single post, so reading it must be cheap compared with a query.
 */
const defaultLimits = { bundled: 2 * 2 ** 20, chunk: 128 * 1024 };

type OpenChunk = { parts: string[]; digests: string[]; end: number; bytes: number };

const emptyChunk = (): OpenChunk => ({ parts: [], digests: [], end: 0, bytes: 0 });

/** Returns a content digest of sixteen hexadecimal digits. */
export const digestOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

type BodyInput = { source: Source<unknown>; body: MarkdownBody; entry: { lang: string } };

type SerializedBody = { rendered: string; part: string; digest: string; bytes: number };

const serialized = new WeakMap<Source<unknown>, SerializedBody>();

/** Renders and serializes a body; the result is cached while its file and what it is rendered with are unchanged. */
function serialize({ source, body, entry: { lang } }: BodyInput, settings: Site["markdown"]): SerializedBody {
	const rendered = JSON.stringify([{ ...body, markdown: "" }, lang, settings]);
	const cached = serialized.get(source);
	if (cached?.rendered === rendered) return cached;
	const part = writeBody(renderBody(body, lang, settings));
	const result = { rendered, part, digest: digestOf(part), bytes: Buffer.byteLength(part) };
	serialized.set(source, result);
	return result;
}

/** Returns the key of a post's chunk: its month, since lists show a month together and an edit then changes one chunk. */
function chunkKey({ day }: EntryMetadata<Post>): string {
	return `${day.year}-${day.month}`;
}

/** Sorts pages without a navigation order last. */
function rank({ navigationOrder }: Pick<Page, "navigationOrder">): number {
	return navigationOrder ?? Number.MAX_SAFE_INTEGER;
}
