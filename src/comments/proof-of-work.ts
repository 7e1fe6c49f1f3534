/** Leading zero bits of a proof's digest: some 33,000 digests to find, about a second on a telephone. */
const difficulty = 15;

/** Digests made before the page gets its turn; they are made beside it, and only their answers take its time. */
const atOnce = 200;

/** Digests after which a browser gives up; one in a million needs more. */
const most = 14 * 2 ** difficulty;

/** Whether a nonce, as it was sent, is the proof of work asked for by a signed token. One digest tells. */
export async function isProof(token: string, nonce: string): Promise<boolean> {
	return /^\d{1,15}$/.test(nonce) && isEnough(await digestOf(token, Number(nonce)));
}

/** Finds a nonce by trying, or null when it takes too long. */
export async function findProof(token: string): Promise<string | null> {
	for (let first = 0; first < most; first += atOnce) {
		const tried = Array.from({ length: atOnce }, (_, at) => digestOf(token, first + at));
		const at = (await Promise.all(tried)).findIndex(isEnough);
		if (at >= 0) return String(first + at);
	}
	return null;
}

async function digestOf(token: string, nonce: number): Promise<DataView> {
	return new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${token}.${nonce}`)));
}

function isEnough(digest: DataView): boolean {
	return Math.clz32(digest.getUint32(0)) >= difficulty;
}
