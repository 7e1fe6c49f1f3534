import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { defaultIcons, drawIcon } from "../../../src/build/icons.ts";
import { findThemeColor } from "../../../src/build/web-manifest.ts";
import { buildFiles, buildProblems, workspace } from "../../support/workspace.ts";

const red = Buffer.from(
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="10" height="5" fill="#c00"/></svg>',
);
const named = "title: A blog\ntagline: Of cats\nlanguage: ja\nicon: /media/icon.svg\n";

/** The colour of a pixel, its place given in parts of the width and height. */
async function pixel(png: Buffer, x: number, y: number): Promise<string> {
	const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 4;
	return data.subarray(at, at + 4).toString("hex");
}

describe("the icons", () => {
	it("are made of one drawing in every form that browsers and phones ask for", async () => {
		const space = workspace({ "site.yaml": named, "media/icon.svg": red });
		const built = await space.build();
		expect(built).toMatchObject({ ok: true, warnings: [] });
		const file = (name: string) => readFileSync(join(space.options.outDir, "assets", name));
		for (const [name, size] of [
			["apple-touch-icon.png", 180],
			["icon-192.png", 192],
			["icon-512.png", 512],
			["icon-maskable-512.png", 512],
		] as const) {
			expect(await sharp(file(name)).metadata(), name).toMatchObject({
				format: "png",
				width: size,
				height: size,
			});
		}
		expect(file("icon.svg")).toEqual(red);
		// Whole and centred on nothing; on a colour where nothing would be black or cut off.
		expect([
			await pixel(file("icon-512.png"), 0.5, 0.5),
			await pixel(file("icon-512.png"), 0.5, 0.1),
		]).toEqual(["cc0000ff", "00000000"]);
		expect(await pixel(file("apple-touch-icon.png"), 0.5, 0.1)).toBe("ffffffff");
		expect(await pixel(file("icon-maskable-512.png"), 0.05, 0.5)).toBe("ffffffff");
		const ico = file("favicon.ico");
		expect([...ico.subarray(0, 6)]).toEqual([0, 0, 1, 0, 3, 0]);
		for (const [at, size] of [16, 32, 48].entries()) {
			const entry = ico.subarray(6 + 16 * at, 22 + 16 * at);
			const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)];
			expect(await sharp(ico.subarray(offset, offset + length)).metadata()).toMatchObject({ width: size });
		}
		const manifest = JSON.parse(file("site.webmanifest").toString());
		expect(manifest).toMatchObject({
			name: "A blog",
			description: "Of cats",
			lang: "ja",
			dir: "ltr",
			start_url: "/",
		});
		for (const { src, sizes } of manifest.icons) {
			const { width, height } = await sharp(file(src)).metadata();
			expect(`${width}x${height}`).toBe(sizes);
		}
	});

	it("are made of a PNG too, without a drawing", async () => {
		const png = await sharp(red, { density: 2000 }).resize(600, 600, { fit: "fill" }).png().toBuffer();
		const space = workspace({ "site.yaml": "title: T\nicon: /media/cat.png\n", "media/cat.png": png });
		expect(await space.build()).toMatchObject({ ok: true, warnings: [] });
		expect(space.builtContent().hasSvgIcon).toBe(false);
		expect(Object.keys(space.output())).not.toContain("assets/icon.svg");
		expect(Object.keys(space.output())).toContain("assets/favicon.ico");
	});

	it("are the engine's own unless the blog names one: those its drawing gives", async () => {
		const { hasSvgIcon } = await buildFiles({});
		expect(hasSvgIcon).toBe(true);
		const source = readFileSync(join(defaultIcons, "icon.svg"));
		const stored = await sharp(join(defaultIcons, "icon-192.png")).raw().toBuffer();
		const drawn = await sharp(await drawIcon(source, 192))
			.raw()
			.toBuffer();
		const differences = stored.filter((byte, at) => Math.abs(byte - (drawn[at] ?? 0)) > 8).length;
		expect(differences).toBeLessThan(stored.length / 100);
	});

	it.each([
		["/media/none.svg", 'icon: "/media/none.svg" does not exist; add content/media/none.svg.'],
		["/media/x.jpg", 'icon: "/media/x.jpg" is neither an SVG nor a PNG; save it as one of them.'],
		[
			"https://x.example/x.svg",
			'icon: "https://x.example/x.svg" is not a file of the blog; write a path such as /media/icon.svg.',
		],
	])("are of a file of the blog: %s", async (icon, message) => {
		const jpeg = await sharp(red).jpeg().toBuffer();
		expect(await buildProblems({ "site.yaml": `title: T\nicon: ${icon}\n`, "media/x.jpg": jpeg })).toEqual([
			`content/site.yaml:2: ${message}`,
		]);
	});
});

it.each([
	[":root{--paper:light-dark(oklch(98.6% .005 90),#111)}", { light: "oklch(98.6% .005 90)", dark: "#111" }],
	[":root{--paper:light-dark(#fff,#000)}:root{--paper:red}", { light: "red", dark: "red" }],
	[":root{--paper:var(--x)}", null],
	[":root{}", null],
])("takes the colour of the browser's own surfaces from the theme: %s", (css, color) => {
	expect(findThemeColor(css)).toEqual(color);
});
