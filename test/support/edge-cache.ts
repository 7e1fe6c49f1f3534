/** A response as the cache stores it. */
type StoredResponse = { status: number; body: string; headers: Headers; storedAt: number; expired: boolean };

/** The cache in front of a Worker, as far as the Worker can tell: RFC 9111, RFC 5861, cache tags, purge limits. */
export type EdgeCache = {
	/** Answers a GET from the cache, or from the Worker; then stores the response if it may be stored. */
	get(path: string): Promise<{ status: number; body: string; from: "cache" | "worker" | "stale" }>;
	/** Asks the Worker now and stores the response when told to, like a render during which something happens. */
	beginFill(path: string): Promise<() => void>;
	/** Returns the stored body of a path that would be served without asking the Worker, or null. */
	fresh(path: string): string | null;
	/** Takes a purge request; false when it is refused. */
	purge(how: "drop" | "expire", tags: readonly string[]): boolean;
	/** Makes every purge fail. */
	refusePurges(refuse: boolean): void;
	/** Removes every response. */
	clear(): void;
	/** Starts a new version of the Worker: responses belong to the version that gave them, and each begins empty. */
	deploy(): void;
	readonly purges: number;
};

/** `fetchWorker` asks the Worker itself; `now` is the time in epoch milliseconds. */
export function createEdgeCache(
	fetchWorker: (path: string) => Promise<Response>,
	now: () => number,
): EdgeCache {
	const entries = new Map<string, StoredResponse>();
	let version = 0;
	let purges = 0;
	let refusing = false;
	// Five purge requests a minute, a burst of 25, a hundred tags each.
	let tokens = 25;
	let refilledAt: number | null = null;

	const ask = async (path: string): Promise<StoredResponse> => {
		const response = await fetchWorker(path);
		const body = await response.text();
		return { status: response.status, body, headers: response.headers, storedAt: now(), expired: false };
	};
	const keyOf = (path: string) => `${version} ${path}`;
	const store = (key: string, answer: StoredResponse) => {
		if (lifetime(answer) > 0 && !answer.headers.has("Set-Cookie")) entries.set(key, answer);
	};
	const isFresh = (answer: StoredResponse) =>
		!answer.expired && now() - answer.storedAt < lifetime(answer) * 1000;

	return {
		async get(path) {
			const key = keyOf(path);
			const known = entries.get(key);
			if (known !== undefined && isFresh(known))
				return { status: known.status, body: known.body, from: "cache" };
			const answer = await ask(path);
			if (answer.status >= 500 && known !== undefined) {
				const age = now() - known.storedAt - lifetime(known) * 1000;
				const allowed = directive(known, "stale-if-error") ?? Number.POSITIVE_INFINITY;
				if (age <= allowed * 1000) return { status: known.status, body: known.body, from: "stale" };
			}
			store(key, answer);
			return { status: answer.status, body: answer.body, from: "worker" };
		},
		async beginFill(path) {
			const key = keyOf(path);
			const answer = await ask(path);
			return () => store(key, answer);
		},
		fresh(path) {
			const known = entries.get(keyOf(path));
			return known !== undefined && isFresh(known) ? known.body : null;
		},
		purge(how, tags) {
			// Cloudflare's own clock is not set back with the Worker's.
			tokens = Math.min(25, tokens + Math.max(0, now() - (refilledAt ?? now())) / 12_000);
			refilledAt = now();
			if (refusing || tokens < 1 || tags.length > 100) return false;
			if (tags.some((tag) => !/^[!-+\--~]{1,1024}$/.test(tag))) return false;
			tokens -= 1;
			purges += 1;
			const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
			for (const [key, answer] of entries) {
				const carried = answer.headers.get("Cache-Tag")?.toLowerCase().split(",") ?? [];
				if (!carried.some((tag) => wanted.has(tag.trim()))) continue;
				if (how === "drop") entries.delete(key);
				else answer.expired = true;
			}
			return true;
		},
		refusePurges(refuse) {
			refusing = refuse;
		},
		clear() {
			entries.clear();
		},
		deploy() {
			version += 1;
		},
		get purges() {
			return purges;
		},
	};
}

/** Seconds an answer is fresh: the most specific directive field wins, and silence is two hours, or three minutes for a 404. */
function lifetime(answer: StoredResponse): number {
	const field = fieldOf(answer);
	if (field === null) return answer.status === 200 ? 7200 : answer.status === 404 ? 180 : 0;
	if (/\b(private|no-store|no-cache)\b/.test(field)) return 0;
	return directive(answer, "max-age") ?? 0;
}

function directive(answer: StoredResponse, name: string): number | null {
	const value = fieldOf(answer)?.match(new RegExp(`\\b${name}=(\\d+)`))?.[1];
	return value === undefined ? null : Number(value);
}

function fieldOf({ headers }: StoredResponse): string | null {
	return (
		headers.get("Cloudflare-CDN-Cache-Control") ??
		headers.get("CDN-Cache-Control") ??
		headers.get("Cache-Control")
	);
}
