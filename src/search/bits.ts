/** Writes numbers as bits, the highest first. */
export type BitWriter = ReturnType<typeof createBitWriter>;

/** Creates a writer of bits that grows as needed. */
export function createBitWriter() {
	let bytes = new Uint8Array(1024);
	let length = 0;
	const bits = (value: number, count: number) => {
		if (length + count + 8 > bytes.length * 8) {
			const larger = new Uint8Array(bytes.length * 2 + count);
			larger.set(bytes);
			bytes = larger;
		}
		for (let bit = count - 1; bit >= 0; bit--, length++) {
			if ((value >>> bit) & 1) bytes[length >> 3] = (bytes[length >> 3] ?? 0) | (0x80 >> (length & 7));
		}
	};
	const ones = (count: number) => {
		let left = count;
		for (; left >= 24; left -= 24) bits(0xffffff, 24);
		bits(2 ** left - 1, left);
	};
	return {
		bits,
		/** Writes a number from 0 as so many ones and a zero; at `most` without the zero. */
		unary(value: number, most = Number.POSITIVE_INFINITY): void {
			ones(Math.min(value, most));
			if (value < most) bits(0, 1);
		},
		/** Writes a number from 1 in Elias’s gamma code. */
		gamma(value: number): void {
			const size = 31 - Math.clz32(value);
			ones(size);
			bits(0, 1);
			bits(value, size);
		},
		/** Writes a number from 0 in Rice’s code with a parameter. */
		rice(value: number, parameter: number): void {
			ones(Math.floor(value / 2 ** parameter));
			bits(0, 1);
			bits(value, parameter);
		},
		/** Returns what was written in whole bytes, and starts anew. */
		take(): Uint8Array {
			const taken = bytes.slice(0, (length + 7) >> 3);
			bytes.fill(0, 0, taken.length + 1);
			length = 0;
			return taken;
		},
	};
}

/** Reads what {@link createBitWriter} wrote. */
export function createBitReader(bytes: Uint8Array, start: number) {
	let at = start * 8;
	/** Returns the next 24 bits or more at the top of 32; behind the end are zeros. */
	const window = () => {
		const byte = at >> 3;
		const word =
			((bytes[byte] ?? 0) << 24) |
			((bytes[byte + 1] ?? 0) << 16) |
			((bytes[byte + 2] ?? 0) << 8) |
			(bytes[byte + 3] ?? 0);
		return word << (at & 7);
	};
	const bits = (count: number): number => {
		if (count === 0) return 0;
		if (count > 24) {
			const high = bits(count - 24);
			return high * 2 ** 24 + bits(24);
		}
		const value = window() >>> (32 - count);
		at += count;
		return value;
	};
	const unary = (most = Number.POSITIVE_INFINITY): number => {
		let value = 0;
		while (value < most) {
			const run = Math.min(Math.clz32(~window()), 24, most - value);
			value += run;
			at += run;
			if (value >= most) break;
			if (run < 24) {
				at += 1;
				break;
			}
		}
		return value;
	};
	return {
		bits,
		unary,
		gamma(): number {
			const size = unary();
			return 2 ** size + bits(size);
		},
		rice(parameter: number): number {
			const quotient = unary();
			return quotient * 2 ** parameter + bits(parameter);
		},
	};
}

/** Returns the best parameter of Rice’s code for numbers of this mean. */
export function riceParameter(mean: number): number {
	return mean < 1.5 ? 0 : Math.min(24, Math.floor(Math.log2(mean * 0.7)));
}
