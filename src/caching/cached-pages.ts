/**
 * The first pages of threads, stored in the database as they were rendered, for isolates that do not have them: reading one
 * costs one row instead of those of fifty comments, and no rendering.
 */
export type CachedPageRepository = {
	/**
	 * Stores a page in place of its post's last one, in one statement: only while its revision is the present one, so that no
	 * late write brings deleted words back, and while the day's limit of pages is not reached.
	 */
	store(page: CachedPage, perDay: number): Promise<void>;
	/**
	 * Deletes pages that were rendered before an instant (epoch milliseconds), and the counts of days before it; and pages of
	 * other deployments, which may show what the author has taken back since. For no deployment (null) those of all.
	 */
	prune(before: number, deployment: string | null): Promise<void>;
};

/** A page to store. Times are epoch milliseconds. */
export type CachedPage = {
	postId: string;
	/** The deployment that rendered it. */
	deployment: string;
	revision: number;
	renderedAt: number;
	/** When it changes by itself; null for never. */
	changesAt: number | null;
	etag: string;
	/** The compressed document. */
	body: string;
};

/** Fewest comments of a thread whose page is stored: rendering fewer costs less than writing. */
export const fewestComments = 5;

/**
 * Most pages stored in a day (UTC). Each writes three rows until it is outdated, and the first one of a post two more, one
 * of them when it is deleted, so that all of them are below two hundredths of the free plan's day.
 */
export const cachedPagesPerDay = 320;

/** Milliseconds after which a page is deleted, whether or not it is still current. */
export const cachedPageRetention = 7 * 86_400_000;

/** Compresses a document to text, about a fifth of it, which D1 returns faster than the document. */
export async function compressDocument(document: Uint8Array<ArrayBuffer>): Promise<string> {
	const bytes = await throughStream(document, new CompressionStream("deflate-raw"));
	let binary = "";
	for (let at = 0; at < bytes.length; at += chunk)
		binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
	return btoa(binary);
}

/** Expands what `compressDocument` returned; throws for anything else. */
export async function expandDocument(body: string): Promise<Uint8Array<ArrayBuffer>> {
	return throughStream(bytesOf(body), new DecompressionStream("deflate-raw"));
}

/** Decodes base64, where the platform has a function for it in a tenth of the time of the loop. Node 24 has none. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
	const { fromBase64 } = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
	if (fromBase64 !== undefined) return fromBase64(base64);
	return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Bytes that are passed as arguments at once. */
const chunk = 8192;

async function throughStream(
	bytes: Uint8Array<ArrayBuffer>,
	stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
	const through = new Response(bytes).body?.pipeThrough(stream);
	return new Uint8Array(await new Response(through).arrayBuffer());
}
