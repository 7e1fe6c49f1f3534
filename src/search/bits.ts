/** Writes numbers as bits, the highest first. */
export type BitWriter = ReturnType<typeof createBitWriter>;

/** Creates a writer of bits that grows as needed. */
export function createBitWriter() {
	let bytes = new Uint8Array(1024);
	let length = 0;
	/** Bits not yet in a byte, the last one lowest; fewer than eight. */
	let open = 0;
	let openBits = 0;
	/** Writes the lowest bits of a number, at most 24. */
	const bits = (value: number, count: number) => {
		open = (open << count) | (value & ((1 << count) - 1));
		openBits += count;
		while (openBits >= 8) {
			openBits -= 8;
			if (length === bytes.length) {
				const larger = new Uint8Array(bytes.length * 2);
				larger.set(bytes);
				bytes = larger;
			}
			bytes[length++] = open >>> openBits;
		}
		open &= (1 << openBits) - 1;
	};
	const wide = (value: number, count: number) => {
		if (count > 16) bits(value >>> 16, count - 16);
		bits(value, Math.min(count, 16));
	};
	/** Writes so many ones and a zero. */
	const ones = (count: number) => {
		let left = count;
		for (; left >= 20; left -= 20) bits(0xfffff, 20);
		bits((1 << (left + 1)) - 2, left + 1);
	};
	return {
		/** Writes a number from 0 as so many ones and a zero; at `most` without the zero. */
		unary(value: number, most = Number.POSITIVE_INFINITY): void {
			if (value < most) ones(value);
			else for (let left = most; left > 0; left--) bits(1, 1);
		},
		/** Writes a number from 1 in Elias’s gamma code. */
		gamma(value: number): void {
			const size = 31 - Math.clz32(value);
			ones(size);
			wide(value, size);
		},
		/** Writes a number from 0 in Rice’s code with a parameter. */
		rice(value: number, parameter: number): void {
			ones(value >>> parameter);
			wide(value, parameter);
		},
		/** Returns what was written in whole bytes, and starts anew. */
		take(): Uint8Array {
			if (openBits > 0) bits(0, 8 - openBits);
			const taken = bytes.slice(0, length);
			length = 0;
			return taken;
		},
	};
}

/** Reads numbers from bits. */
export type BitReader = ReturnType<typeof createBitReader>;

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
