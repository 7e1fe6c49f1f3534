/** Encodes text as Shift_JIS or EUC-JP, by trying every pair of bytes, as the platform only decodes them. */
export function encodeJapanese(text: string, encoding: "shift_jis" | "euc-jp"): Uint8Array {
	const decoder = new TextDecoder(encoding);
	const table = new Map<string, number[]>();
	for (let lead = 0x81; lead < 0x100; lead++) {
		for (let trail = 0x40; trail < 0x100; trail++) {
			const decoded = decoder.decode(new Uint8Array([lead, trail]));
			if ([...decoded].length === 1 && !table.has(decoded)) table.set(decoded, [lead, trail]);
		}
	}
	return new Uint8Array(
		[...text].flatMap((character) => {
			const code = character.codePointAt(0) ?? 0;
			if (code < 0x80) return [code];
			const bytes = table.get(character);
			if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
			return bytes;
		}),
	);
}
