/** Required leading zero bits of the digest: about 33,000 attempts, a second on a phone. */
const difficulty = 15;

/** Digests requested at once; they run off the main thread, which only handles the results. */
const batchSize = 200;

/** Attempts after which a browser gives up; one search in a million needs more. */
const maxAttempts = 14 * 2 ** difficulty;

/** Whether a submitted nonce is a proof of work for a signed token; costs one digest. */
export async function isValidProof(token: string, nonce: string): Promise<boolean> {
	return nonce.length <= 15 && /^\d+$/.test(nonce) && meetsDifficulty(await digestOf(token, Number(nonce)));
}

/** Searches for a valid nonce; null when it takes too many attempts. */
export async function findProof(token: string): Promise<string | null> {
	for (let first = 0; first < maxAttempts; first += batchSize) {
		const tried = Array.from({ length: batchSize }, (_, at) => digestOf(token, first + at));
		const at = (await Promise.all(tried)).findIndex(meetsDifficulty);
		if (at >= 0) return String(first + at);
	}
	return null;
}

async function digestOf(token: string, nonce: number): Promise<DataView> {
	return new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${token}.${nonce}`)));
}

function meetsDifficulty(digest: DataView): boolean {
	return Math.clz32(digest.getUint32(0)) >= difficulty;
}
