/** The encoding of a file, as `TextDecoder` names it, and whether all its bytes fit. */
export type Decoding = { encoding: string; valid: boolean };

const candidates = ["shift_jis", "euc-jp"] as const;

/**
 * Detects the encoding of a stream: UTF-8 if all of it fits, then `declared`, then the one of Shift_JIS and EUC-JP that reads
 * more like Japanese. Falls back to UTF-8 with replacement characters. A byte order mark decides.
 */
export async function detectEncoding(
	bytes: AsyncIterable<Uint8Array>,
	declared: string | null = null,
): Promise<Decoding> {
	const named = declared === null ? null : labelOf(declared);
	const checks = new Map<string, Check>();
	let first = true;
	for await (const chunk of bytes) {
		if (first) {
			const mark = byteOrderMark(chunk);
			if (mark !== null) return { encoding: mark, valid: true };
			for (const name of new Set(["utf-8", ...(named === null ? [] : [named]), ...candidates])) {
				checks.set(name, newCheck(name));
			}
			first = false;
		}
		for (const check of checks.values()) check.add(chunk);
	}
	for (const check of checks.values()) check.end();
	if (checks.get("utf-8")?.valid ?? true) return { encoding: "utf-8", valid: true };
	if (named !== null && named !== "utf-8" && checks.get(named)?.valid)
		return { encoding: named, valid: true };
	// One broken character in a UTF-8 file must not turn all others into kana.
	if (named === "utf-8" || (checks.get("utf-8")?.broken ?? 0) * 20 < (checks.get("utf-8")?.wide ?? 0)) {
		return { encoding: "utf-8", valid: false };
	}
	const best = candidates
		.map((name) => ({ name, check: checks.get(name) }))
		.filter(({ check }) => check?.valid)
		.sort((a, b) => (b.check?.score ?? 0) - (a.check?.score ?? 0))[0];
	return best === undefined
		? { encoding: named ?? "utf-8", valid: false }
		: { encoding: best.name, valid: true };
}

type Check = {
	valid: boolean;
	/** How Japanese the beginning reads; half-width kana, which wrong guesses are full of, count against it. */
	score: number;
	/** Replacement characters, and other characters beyond ASCII. */
	broken: number;
	wide: number;
	add(chunk: Uint8Array): void;
	end(): void;
};

function newCheck(encoding: string): Check {
	const decoder = new TextDecoder(encoding);
	let scored = 0;
	const judge = (text: string) => {
		const wide = text.match(/[^\0-\x7f]+/g);
		if (wide === null) return;
		const joined = wide.join("");
		const broken = joined.split("\ufffd").length - 1;
		check.broken += broken;
		check.wide += joined.length - broken;
		if (broken > 0) check.valid = false;
		if (scored > 200_000) return;
		scored += joined.length;
		check.score += count(joined, /[ぁ-んァ-ヶー一-龠、。]/g) - 2 * count(joined, /[\uff61-\uff9f]/g);
	};
	const check: Check = {
		valid: true,
		score: 0,
		broken: 0,
		wide: 0,
		add: (chunk) => judge(decoder.decode(chunk, { stream: true })),
		end: () => judge(decoder.decode()),
	};
	return check;
}

function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}

function byteOrderMark(bytes: Uint8Array): string | null {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
	return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

function labelOf(label: string): string | null {
	try {
		return new TextDecoder(label).encoding;
	} catch {
		// Only an unknown label throws.
		return null;
	}
}
