import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, png, post } from "../../support/workspace.ts";

const svg = (attributes: string) => `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}></svg>`;

const showing = (...names: string[]) => ({
	"posts/x.md": post("", names.map((name) => `![x](/media/${name})`).join("\n\n")),
});

describe("media", () => {
	it("have their dimensions stored with bodies, by path in NFC", async () => {
		const { images } = await buildFiles({
			"media/a.png": png(640, 480),
			[`media/図/${"ガ".normalize("NFD")}.PNG`]: png(3, 2),
			"media/size.svg": svg('width="120" height="80"'),
			"media/box.svg": svg('width="100%" viewBox="0 0 300 200"'),
			"media/notes.pdf": "%PDF-",
			"media/.DS_Store": "x",
			...showing("a.png", "図/ガ.PNG", "size.svg", "box.svg"),
		});
		expect(images).toEqual({
			"/media/a.png": { width: 640, height: 480 },
			"/media/図/ガ.PNG": { width: 3, height: 2 },
			"/media/size.svg": { width: 120, height: 80 },
			"/media/box.svg": { width: 300, height: 200 },
		});
	});

	it("may have a long preamble before the root of an SVG", async () => {
		const { images } = await buildFiles({
			"media/a.svg": `<?xml version="1.0"?><!-- ${"-".repeat(3000)} -->${svg('viewBox="0 0 3 4"')}`,
			...showing("a.svg"),
		});
		expect(images).toEqual({ "/media/a.svg": { width: 3, height: 4 } });
	});

	it("have dimensions according to their EXIF orientation", async () => {
		const { images } = await buildFiles({ "media/a.jpg": sidewaysJpeg(40, 30), ...showing("a.jpg") });
		expect(images).toEqual({ "/media/a.jpg": { width: 30, height: 40 } });
	});

	it("are rejected when unreadable or too large", async () => {
		expect(
			await buildProblems({
				"media/empty.webp": "",
				"media/fake.png": "hello",
				"media/huge.mp4": new Uint8Array(25 * 2 ** 20 + 1),
				"media/just.mp4": new Uint8Array(25 * 2 ** 20),
				"media/vague.svg": svg('width="100%"'),
			}),
		).toEqual([
			"content/media/empty.webp:1: is not a readable image; export it again from an image editor.",
			"content/media/fake.png:1: is not a readable image; export it again from an image editor.",
			"content/media/huge.mp4:1: is 26 MiB; the limit is 25 MiB per file. Make it smaller or host it elsewhere.",
			"content/media/vague.svg:1: has no size; add width and height, or a viewBox, to its <svg> element.",
		]);
	});
});

/** The headers of a JPEG: EXIF with an orientation, then its frame. */
function sidewaysJpeg(width: number, height: number): Uint8Array {
	const tiff = Buffer.from("4d4d002a0000000800010112000300000001000600000000", "hex");
	const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, Buffer.alloc(4)]);
	const frame = Buffer.from("ffc0000b0800000000010111000000", "hex");
	frame.writeUInt16BE(height, 5);
	frame.writeUInt16BE(width, 7);
	const length = Buffer.alloc(2);
	length.writeUInt16BE(exif.length + 2);
	return Buffer.concat([Buffer.from("ffd8ffe1", "hex"), length, exif, frame, Buffer.from("ffd9", "hex")]);
}
