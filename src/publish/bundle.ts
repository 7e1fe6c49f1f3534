import { createHash } from "node:crypto";
import { type Body, writeBody } from "../posts/body.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Made, Unplaced } from "./entries.ts";
import { compareText } from "./problems.ts";
import type { Source } from "./sources.ts";

/** The posts and pages in their order, and the texts their bodies lie in. */
export type Bundle = {
	posts: Post[];
	pages: Page[];
	texts: Text[];
	/** Whether there is too much for the Worker's own script, so that the texts are static assets beside it. */
	moved: boolean;
};

/** A text in the parts it is laid of, and a digest of them: nobody has to read all of it to see whether it changed. */
export type Text = { parts: readonly string[]; digest: string };

/** Puts everything in order and lays the bodies end to end: in one text, or in many where it would be too long. */
export function bundle(
	posts: readonly Made<Post, unknown>[],
	pages: readonly Made<Page, unknown>[],
	limits: { bundled: number; text: number } = usual,
): Bundle {
	const postsInOrder = posts.toSorted(
		({ entry: a }, { entry: b }) => b.published - a.published || compareText(a.id, b.id),
	);
	const pagesInOrder = pages.toSorted(
		({ entry: a }, { entry: b }) => rank(a) - rank(b) || compareText(a.id, b.id),
	);
	const total = [...postsInOrder, ...pagesInOrder].reduce((sum, made) => sum + laid(made).bytes, 0);
	const moved = total > limits.bundled;
	const texts: Open[] = [];
	const open = new Map<string, number>();

	function place(made: Laying, shelf: string): Post["body"] {
		const { part, digest, bytes: size } = laid(made);
		const key = moved ? shelf : "";
		let number = open.get(key);
		const last = number === undefined ? undefined : texts[number];
		if (number === undefined || last === undefined || (moved && last.bytes + size > limits.text)) {
			number = texts.push(blank()) - 1;
			open.set(key, number);
		}
		const text = texts[number] ?? blank();
		const start = text.end;
		text.parts.push(part);
		text.digests.push(digest);
		text.end += part.length;
		text.bytes += size;
		return { text: number, start, end: text.end };
	}

	return {
		posts: postsInOrder.map((made) => ({ ...made.entry, body: place(made, shelfOf(made.entry)) })),
		pages: pagesInOrder.map((made) => ({ ...made.entry, body: place(made, "pages") })),
		texts: texts.map(({ parts, digests }) => ({ parts, digest: digestOf(digests.join()) })),
		moved,
	};
}

/**
 * Bytes. What is bundled is read into memory by every isolate that starts, and counts towards the size of the Worker;
 * a text that is not is read for one post, and must cost little beside rendering it.
 */
const usual = { bundled: 2 * 2 ** 20, text: 128 * 1024 };

type Open = { parts: string[]; digests: string[]; end: number; bytes: number };

const blank = (): Open => ({ parts: [], digests: [], end: 0, bytes: 0 });

/** Sixteen hexadecimal digits that tell a text from every other. */
export const digestOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

type Laying = { source: Source<unknown>; body: Body };

type Laid = { before: string; part: string; digest: string; bytes: number };

const known = new WeakMap<Source<unknown>, Laid>();

/** A body as it is written, and its size in bytes; the same again while its file and what lies beside it are the same. */
function laid({ source, body }: Laying): Laid {
	const before = writeBody({ ...body, markdown: "" });
	const same = known.get(source);
	if (same?.before === before) return same;
	const part = before + body.markdown;
	const made = { before, part, digest: digestOf(part), bytes: Buffer.byteLength(part) };
	known.set(source, made);
	return made;
}

/** Posts of one month lie together: they are listed together, and an edit leaves the texts of the other months alone. */
function shelfOf({ day }: Unplaced<Post>): string {
	return `${day.year}-${day.month}`;
}

/** Pages that name no place in the navigation come after those that do. */
function rank({ navigationOrder }: Pick<Page, "navigationOrder">): number {
	return navigationOrder ?? Number.MAX_SAFE_INTEGER;
}
