import { decodePath } from "./paths.ts";
import type { Post } from "./post.ts";

/**
 * The published posts whose slug or title is most like what an address ends in, the likest first. Likeness is the share
 * of neighbouring letter pairs in common (Dice's coefficient), which needs no word borders and so serves Japanese too.
 * The work is bounded: ten thousand posts, sixty-four letters of each name, and nothing made for a name in passing.
 */
export function nearestPosts(path: string, posts: readonly Post[], limit: number): Post[] {
	const likenessTo = likenessOf(lastPart(path));
	const near: { post: Post; likeness: number }[] = [];
	for (let at = 0; at < Math.min(posts.length, mostPosts); at++) {
		const post = posts[at];
		if (post === undefined) break;
		const likeness = Math.max(likenessTo(post.slug), likenessTo(post.title));
		if (likeness < leastLikeness || likeness <= (near[limit - 1]?.likeness ?? 0)) continue;
		near.push({ post, likeness });
		near.sort((a, b) => b.likeness - a.likeness).splice(limit);
	}
	return near.map(({ post }) => post);
}

const mostPosts = 10_000;
const mostLetters = 64;
/** Below this, what two names share is chance. */
const leastLikeness = 0.4;

/** The last segment that says something, without an ending such as `.html`. */
function lastPart(path: string): string {
	const segments = decodePath(path)
		.normalize("NFC")
		.split("/")
		.map((segment) => segment.replace(/\.(?:html?|php|aspx?)$/i, ""));
	return segments.findLast((segment) => segment !== "" && !/^\d{1,4}$/.test(segment)) ?? "";
}

/** Makes the function that compares names with what was asked for; 1 is the same letters, 0 no two in common. */
function likenessOf(asked: string): (name: string) => number {
	/** By pair: 0 when it was not asked for, else the number of the name it was last counted in. */
	const pairs = new Uint16Array(1 << 16);
	const askedLetters = eachPair(asked, (pair) => {
		pairs[pair] = 1;
	});
	let number = 1;
	let shared = 0;
	const count = (pair: number) => {
		if (pairs[pair] === 0 || pairs[pair] === number) return;
		pairs[pair] = number;
		shared++;
	};
	return (name) => {
		number++;
		shared = 0;
		const letters = eachPair(name, count);
		return shared === 0 ? 0 : (2 * shared) / (askedLetters + letters - 2);
	};
}

/** Goes through the neighbouring letters of a name and returns how many letters it has. */
function eachPair(name: string, visit: (pair: number) => void): number {
	let before = 0;
	let letters = 0;
	for (let at = 0; at < name.length && letters < mostLetters; at++) {
		const code = letterAt(name, at);
		if (code === 0) continue;
		// Two pairs may fall together; that costs less than telling them apart.
		if (letters > 0) visit((before * 31 + code) & 0xffff);
		before = code;
		letters++;
	}
	return letters;
}

/** A letter or digit by its code, capitals as small letters; 0 for spaces, punctuation and signs, Japanese ones too. */
function letterAt(name: string, at: number): number {
	const code = name.charCodeAt(at);
	if (code >= 0x61 && code <= 0x7a) return code;
	if (code >= 0x41 && code <= 0x5a) return code + 0x20;
	if (code < 0xc0) return code >= 0x30 && code <= 0x39 ? code : 0;
	return (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) || code === 0x30fb
		? 0
		: code;
}
