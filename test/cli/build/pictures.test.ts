import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { inspectPicture, stripMetadata } from "../../../src/build/pictures/inspect.ts";
import type { Manifest } from "../../../src/posts/manifest.ts";
import { buildFiles, buildProblems, png, post, workspace } from "../../support/workspace.ts";

type Format = "jpeg" | "png" | "webp" | "avif";

const needle = "needle-in-metadata";
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="${needle}"/></rdf:RDF></x:xmpmeta>`;

/** A picture of two colours with a place, a name and a colour profile in its metadata. */
function picture(format: Format, orientation = 1, options: object = {}): Promise<Buffer> {
	const half = Buffer.alloc(12 * 8 * 3, Buffer.from([200, 40, 90]));
	half.fill(0, 0, 12 * 3 * 3);
	return sharp(half, { raw: { width: 12, height: 8, channels: 3 } })
		.withIccProfile("p3")
		.withMetadata({ orientation })
		.withExifMerge({
			IFD0: { Copyright: needle },
			IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" },
		})
		.withXmp(xmp)
		.toFormat(format, { lossless: format === "webp", ...options })
		.toBuffer();
}

/** Builds a blog that shows these pictures; returns them as published, by name, with their sizes. */
async function publish(pictures: Readonly<Record<string, Uint8Array>>, settings = "") {
	const names = Object.keys(pictures);
	const space = workspace({
		"site.yaml": `title: T\n${settings}`,
		...Object.fromEntries(names.map((name) => [`media/${name}`, pictures[name] ?? ""])),
		"posts/x.md": post("", names.map((name) => `![x](/media/${name})`).join("\n\n")),
	});
	const result = await space.build();
	const images: Manifest["images"] = result.ok ? space.builtContent().images : {};
	return {
		space,
		messages: space.printed(result.ok ? result.warnings : result.problems),
		published: names.map((name) => ({
			name,
			bytes: readFileSync(join(space.options.outDir, "assets/media", name)),
			image: images[`/media/${name}`],
		})),
	};
}

const pixels = (bytes: Uint8Array) => sharp(bytes).autoOrient().raw().toBuffer();
const formats: readonly Format[] = ["jpeg", "png", "webp", "avif"];

describe("a published picture", () => {
	it.each(formats)(
		"in %s has no metadata, and the pixels, profile and orientation it had",
		async (format) => {
			const orientations = [1, 2, 3, 4, 5, 6, 7, 8];
			const written = await Promise.all(orientations.map((orientation) => picture(format, orientation)));
			expect(written.every((bytes) => bytes.includes(needle))).toBe(true);
			const { messages, published } = await publish(
				Object.fromEntries(written.map((bytes, at) => [`${orientations[at]}.${format}`, bytes])),
			);
			expect(messages).toEqual([]);
			for (const [at, { bytes, image }] of published.entries()) {
				const original = written[at] ?? Buffer.alloc(0);
				const [before, after] = await Promise.all([sharp(original).metadata(), sharp(bytes).metadata()]);
				expect(bytes.includes(needle)).toBe(false);
				expect(after.xmp).toBeUndefined();
				expect(after.exif?.length ?? 0).toBeLessThan(40);
				expect(after.icc?.equals(before.icc ?? Buffer.alloc(0))).toBe(true);
				expect(image).toEqual(before.autoOrient);
				expect(after.autoOrient).toEqual(before.autoOrient);
				if (format !== "webp" || at === 0) expect(await pixels(bytes)).toEqual(await pixels(original));
			}
		},
	);

	it("keeps its metadata if the setting says so", async () => {
		const jpeg = await picture("jpeg", 6);
		const { published } = await publish({ "a.jpg": jpeg }, "media: { keep_metadata: true }\n");
		expect(published[0]?.bytes).toEqual(jpeg);
	});

	it("has no metadata in smaller copies either", async () => {
		const large = await sharp({ create: { width: 1500, height: 30, channels: 3, background: "#468" } })
			.withExifMerge({ IFD0: { Copyright: needle } })
			.jpeg()
			.toBuffer();
		const { space } = await publish({ "a.jpg": large });
		const files = readdirSync(join(space.options.outDir, "assets/media"));
		expect(files).toHaveLength(3);
		for (const file of files) {
			expect(readFileSync(join(space.options.outDir, "assets/media", file)).includes(needle)).toBe(false);
		}
	});

	it("is stripped once, and the copy is removed with it", async () => {
		const { space } = await publish({ "a.jpg": await picture("jpeg") });
		const copies = () => readdirSync(join(space.options.outDir, "variants"));
		expect(copies()).toEqual([expect.stringMatching(/^[\da-f]{12}\.stripped$/)]);
		expect(await space.build()).toMatchObject({ ok: true, changed: false });
		space.remove("content/media/a.jpg");
		space.write("content/posts/x.md", post());
		await space.build();
		expect(copies()).toEqual([]);
	});

	it.each([
		["progressive", { progressive: true }],
		["with optimised scans", { mozjpeg: true }],
		["without subsampling", { chromaSubsampling: "4:4:4" }],
	])("as a JPEG %s, with long metadata and a second picture behind it", async (_, options) => {
		const jpeg = await picture("jpeg", 1, options);
		const long = Array.from({ length: 20 }, () => jpegSegment(0xe1, Buffer.alloc(60_000, needle)));
		const noise = [jpegSegment(0xfe, needle), jpegSegment(0xed, needle), jpegSegment(0xe2, `MPF\0${needle}`)];
		const whole = Buffer.concat([jpeg.subarray(0, 2), ...long, ...noise, jpeg.subarray(2), jpeg]);
		const { messages, published } = await publish({ "a.jpg": whole });
		expect(messages).toEqual([]);
		expect(published[0]?.image).toEqual({ width: 12, height: 8 });
		expect(published[0]?.bytes.includes(needle)).toBe(false);
		expect(published[0]?.bytes.length).toBeLessThan(jpeg.length);
		expect(await pixels(published[0]?.bytes ?? Buffer.alloc(0))).toEqual(await pixels(jpeg));
	});

	it("as a video has no place, and its data where they were", async () => {
		const place = box("udta", box("\u00a9xyz", `+51.5-0.1/${needle}`));
		const key = box("meta", Buffer.concat([box("hdlr", "mdta"), box("keys", needle)]));
		const media = Buffer.from("pixels of the video");
		const video = (brand: string) =>
			Buffer.concat([
				box("ftyp", `${brand}\0\0\0\0`),
				box("moov", Buffer.concat([box("mvhd", "x"), place, key, box("trak", place)])),
				box("mdat", media),
			]);
		for (const [name, brand] of [
			["a.mp4", "isom"],
			["a.mov", "qt  "],
		] as const) {
			const { published } = await publish({ [name]: video(brand) });
			const bytes = published[0]?.bytes ?? Buffer.alloc(0);
			expect(bytes.includes(needle)).toBe(false);
			expect(bytes.length).toBe(video(brand).length);
			expect(bytes.indexOf(media)).toBe(video(brand).indexOf(media));
		}
	});
});

describe("a moving picture stays moving", () => {
	const frames = (format: "gif" | "webp", width = 1000) =>
		sharp(Buffer.alloc(width * 4 * 3, 5).fill(200, 0, width * 6), {
			raw: { width, height: 4, channels: 3, pageHeight: 2 },
		})
			.toFormat(format, { loop: 0 })
			.toBuffer();
	const animatedPng = async () => {
		const still = await sharp({ create: { width: 1000, height: 2, channels: 3, background: "#468" } })
			.png()
			.toBuffer();
		const header = 8 + 25;
		const control = pngChunk("acTL", Buffer.from("0000000100000000", "hex"));
		const frame = pngChunk(
			"fcTL",
			Buffer.from("00000000000003e800000002000000000000000000640064000000000000", "hex").subarray(0, 26),
		);
		return Buffer.concat([
			still.subarray(0, header),
			control,
			pngChunk("tEXt", Buffer.from(`Comment\0${needle}`)),
			frame,
			still.subarray(header),
		]);
	};

	it.each([
		["a.gif", () => frames("gif"), "NETSCAPE2.0"],
		["a.webp", () => frames("webp"), "ANMF"],
		["a.png", animatedPng, "acTL"],
		["b.apng", animatedPng, "fcTL"],
		["a.avif", async () => avifSequence(1000, 2), "avis"],
	])("%s", async (name, make, sign) => {
		const bytes = await make();
		const { messages, published } = await publish({ [name]: bytes });
		expect(messages).toEqual([]);
		expect(published[0]?.image).toEqual({ width: 1000, height: 2 });
		expect(published[0]?.bytes.includes(sign)).toBe(true);
		expect(published[0]?.bytes.includes(needle)).toBe(false);
	});

	it("as a GIF without its comments", async () => {
		const gif = await frames("gif", 10);
		const comment = Buffer.concat([Buffer.from([0x21, 0xfe, needle.length]), Buffer.from(`${needle}\0`)]);
		const xmpData = Buffer.concat([Buffer.from("21ff0b", "hex"), Buffer.from(`XMP DataXMP\x12${needle}\0`)]);
		const at = gif.indexOf("NETSCAPE") - 3;
		const { published } = await publish({
			"a.gif": Buffer.concat([gif.subarray(0, at), comment, xmpData, gif.subarray(at)]),
		});
		expect(published[0]?.bytes).toEqual(gif);
	});
});

describe("any bytes", () => {
	it("of a damaged picture are read without an error, and stripped only once", async () => {
		const pictures = await Promise.all(formats.map((format) => picture(format, 6)));
		fc.assert(
			fc.property(
				fc.constantFrom(...pictures),
				fc.array(fc.tuple(fc.nat(1200), fc.nat(255)), { maxLength: 4 }),
				fc.nat(1200),
				(whole, changes, length) => {
					const bytes = Buffer.from(whole);
					for (const [at, value] of changes) bytes[at % bytes.length] = value;
					const damaged = bytes.subarray(0, Math.max(12, length));
					expect(() => inspectPicture(damaged, "a.jpg")).not.toThrow();
					const once = stripMetadata(damaged, "a.jpg");
					expect(stripMetadata(once, "a.jpg")).toEqual(once);
				},
			),
			{ numRuns: 400 },
		);
	});

	it("after sharp's own stripping are left as they are", async () => {
		for (const format of formats) {
			const bytes = await sharp({ create: { width: 9, height: 7, channels: 4, background: "#46800080" } })
				.toFormat(format)
				.toBuffer();
			expect(stripMetadata(bytes, `a.${format}`)).toEqual(bytes);
		}
	});
});

describe("the size of an SVG", () => {
	const ns = 'xmlns="http://www.w3.org/2000/svg"';
	it.each([
		[`<svg ${ns} viewBox="0,0,300,200"/>`, 300, 200],
		[`<svg ${ns} viewBox="0 0\n300\t200"/>`, 300, 200],
		[`<svg ${ns}\nviewBox = '-10, -20 , 30.4 , 4e1'\n/>`, 30, 40],
		['<svg:svg xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 3 4"/>', 3, 4],
		[`<svg ${ns} width="10cm" height="1in"/>`, 378, 96],
		[`<svg ${ns} width="40" viewBox="0 0 4 3"/>`, 40, 30],
		[`<svg ${ns} width="100%" height="30px" viewBox="0 0 4 3"/>`, 40, 30],
		[`<!-- <svg width="1" height="1"> --><svg ${ns} width="2" height="3"/>`, 2, 3],
		[`<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<svg ${ns} width=" 2 " height="3"/>`, 2, 3],
		[`<svg ${ns} data-viewBox="0 0 9 9" viewBox="0 0 3 4"/>`, 3, 4],
	])("%s", async (svg, width, height) => {
		const utf16 = Buffer.from(`\ufeff${svg}`, "utf16le");
		const encodings = {
			"a.svg": Buffer.from(svg),
			"b.svg": utf16,
			"c.svg": Buffer.from(utf16).swap16(),
			"d.svg": utf16.subarray(2),
			"e.svg": Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><!-- \u00e9 -->${svg}`, "latin1"),
			"f.svg": Buffer.from(`\ufeff<?xml version="1.0"?>${" ".repeat(200_000)}${svg}`),
		};
		const { messages, published } = await publish(encodings);
		expect(messages).toEqual([]);
		expect(published.map(({ image }) => image)).toEqual(published.map(() => ({ width, height })));
	});

	it("is published without the paths of the author's computer", async () => {
		const svg = `<svg ${ns} xmlns:inkscape="i" inkscape:export-filename="/home/${needle}/a.png"\n sodipodi:docname='${needle}.svg' width="1" height="2"><g id="é"/></svg>`;
		const { published } = await publish({ "a.svg": Buffer.from(svg) });
		expect(published[0]?.bytes.toString()).toBe(
			`<svg ${ns} xmlns:inkscape="i" width="1" height="2"><g id="é"/></svg>`,
		);
	});

	it.each([
		"<svg/>",
		'<svg viewBox="0 0 0 0"/>',
		'<svg viewBox="1 2 3"/>',
		'<html><svg width="1" height="1"/></html>',
		"",
	])("is missed in %j", async (svg) => {
		expect(await buildProblems({ "media/a.svg": svg })).toHaveLength(1);
	});
});

describe("a file most browsers do not show", () => {
	const heic = box("ftyp", "heic\0\0\0\0mif1heic");
	const unshown: Readonly<Record<string, readonly [string | Buffer, string]>> = {
		"a.heic": [heic, "HEIC"],
		"b.HEIF": ["x", "HEIC"],
		"c.tif": ["II*\0", "TIFF"],
		"d.tiff": ["x", "TIFF"],
		"e.bmp": ["BM", "BMP"],
		"f.mov": [box("ftyp", "qt  \0\0\0\0"), "QuickTime"],
		"g.jxl": ["x", "JPEG XL"],
		"h.psd": ["8BPS", "Photoshop"],
		"i.svgz": ["\x1f\x8b", "compressed SVG"],
		"j.dng": ["II*\0", "TIFF"],
		"k.avi": ["x", "AVI"],
		"l.mp4": [box("ftyp", "qt  \0\0\0\0"), "QuickTime"],
	};

	it("is named where it is shown, and where nothing refers to it; a download is not", async () => {
		const names = Object.keys(unshown);
		const files = Object.fromEntries(names.map((name) => [`media/${name}`, unshown[name]?.[0] ?? ""]));
		const advice = (name: string) => {
			const kind = unshown[name]?.[1] ?? "";
			const better = /QuickTime|AVI/.test(kind)
				? "MP4 or WebM"
				: kind.endsWith("SVG")
					? "SVG"
					: "JPEG, WebP or AVIF";
			return `is ${kind}, which most browsers do not show; save it as ${better}.`;
		};
		const shown = await buildFiles({
			...files,
			"posts/x.md": post("", names.map((name) => `![x](/media/${name})`).join("\n")),
		});
		expect(shown.warnings).toEqual(
			names.map((name, at) => `content/posts/x.md:${at + 5}: image "/media/${name}" ${advice(name)}`),
		);
		const linked = await buildFiles({
			...files,
			"posts/x.md": post("", names.map((name) => `[x](/media/${name})`).join("\n")),
		});
		expect(linked.warnings).toEqual([]);
		const unused = await buildFiles(files);
		expect(unused.warnings).toEqual(names.map((name) => `content/media/${name}:1: ${advice(name)}`).sort());
	});

	it("is found by its content under another name", async () => {
		const picture = Buffer.concat([
			heic,
			box(
				"meta",
				Buffer.concat([
					Buffer.alloc(4),
					box("hdlr", "pict"),
					box("iprp", box("ipco", box("ispe", Buffer.from("000000000000000400000003", "hex")))),
				]),
			),
		]);
		const { warnings } = await buildFiles({
			"media/a.jpg": picture,
			"posts/x.md": post("", "![x](/media/a.jpg)"),
		});
		expect(warnings).toEqual([
			'content/posts/x.md:5: image "/media/a.jpg" is HEIC, which most browsers do not show; save it as JPEG, WebP or AVIF.',
		]);
	});

	it("is warned of as a share image, and so are SVG, PDF and AVIF", async () => {
		const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
		const files = {
			"a.svg": svg,
			"b.pdf": "%PDF-",
			"c.avif": await picture("avif"),
			"d.heic": heic,
			"e.png": png(1, 1),
		};
		const names = Object.keys(files);
		const { warnings } = await buildFiles({
			...Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`media/${name}`, bytes])),
			...Object.fromEntries(
				names.map((name) => [
					`posts/${name}.md`,
					post(`slug: x${name[0]}\nimage: { src: /media/${name}, alt: x }`),
				]),
			),
			"posts/f.md": post("image: { src: 'https://a.example/x.svg?v=2', alt: x }", "[x](/media/d.heic)"),
		});
		const kinds = ["SVG", "PDF", "AVIF", "HEIC"];
		expect(warnings).toEqual([
			...kinds.map(
				(kind, at) =>
					`content/posts/${names[at]}.md:5: image.src: "/media/${names[at]}" is ${kind}, which most sites do not show beside a shared link; use a JPEG or PNG.`,
			),
			'content/posts/f.md:4: image.src: "https://a.example/x.svg?v=2" is SVG, which most sites do not show beside a shared link; use a JPEG or PNG.',
		]);
	});
});

describe("a long file name", () => {
	it("is cut by bytes in the names of smaller copies", async () => {
		const name = `${"図".repeat(80)}.jpg`;
		const large = await sharp({ create: { width: 1000, height: 3, channels: 3, background: "#468" } })
			.jpeg()
			.toBuffer();
		const { messages, published, space } = await publish({ [name]: large });
		expect(messages).toEqual([]);
		for (const { src } of published[0]?.image?.variants ?? []) {
			expect(existsSync(join(space.options.outDir, "assets", src))).toBe(true);
		}
		expect(published[0]?.image?.variants).toHaveLength(2);
	});
});

function jpegSegment(marker: number, data: string | Buffer): Buffer {
	const bytes = Buffer.from(data);
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(bytes.length + 2, 2);
	return Buffer.concat([head, bytes]);
}

function pngChunk(type: string, data: Buffer): Buffer {
	const size = Buffer.alloc(4);
	size.writeUInt32BE(data.length);
	return Buffer.concat([size, Buffer.from(type), data, Buffer.alloc(4)]);
}

function box(type: string, content: string | Buffer): Buffer {
	const bytes = typeof content === "string" ? Buffer.from(content, "latin1") : content;
	const size = Buffer.alloc(4);
	size.writeUInt32BE(bytes.length + 8);
	return Buffer.concat([size, Buffer.from(type, "latin1"), bytes]);
}

/** The boxes of an AVIF sequence without a still picture. */
function avifSequence(width: number, height: number): Buffer {
	const header = Buffer.alloc(84);
	header.writeUInt16BE(width, 76);
	header.writeUInt16BE(height, 80);
	return Buffer.concat([
		box("ftyp", "avis\0\0\0\0avisavifmsf1"),
		box("moov", Buffer.concat([box("mvhd", "x"), box("trak", box("tkhd", header))])),
		box("mdat", "x"),
	]);
}
