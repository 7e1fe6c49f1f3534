/** Reads the orientation, 1 to 8, of Exif data in TIFF form; 1 if there is none. */
export function readOrientation(tiff: Buffer): number {
	try {
		const little = tiff.toString("latin1", 0, 2) === "II";
		const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
		const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
		for (let entry = 0; entry < u16(directory); entry++) {
			const at = directory + 2 + entry * 12;
			if (u16(at) !== orientationTag) continue;
			const value = u16(at + 8);
			return value >= 1 && value <= 8 ? value : 1;
		}
	} catch (error) {
		// Reading past the end: broken Exif data, which browsers ignore.
		if (!(error instanceof RangeError)) throw error;
	}
	return 1;
}

/** Returns Exif data in TIFF form with nothing but an orientation. */
export function writeOrientation(orientation: number): Buffer {
	const tiff = Buffer.from("4d4d002a00000008000101120003000000010000000000000000", "hex");
	tiff.writeUInt16BE(orientation, 18);
	return tiff;
}

const orientationTag = 0x0112;
