import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { checkFileCount } from "../../../src/build/media.ts";
import { post, workspace } from "../../support/workspace.ts";

const jpeg = (width: number, height: number) =>
	sharp({ create: { width, height, channels: 3, background: "#468" } })
		.jpeg()
		.toBuffer();

describe("a large image", () => {
	it("gets two smaller WebP variants, which are published with it", async () => {
		const space = workspace({
			"media/photos/海.jpg": await jpeg(2400, 1200),
			"media/middling.jpg": await jpeg(1000, 500),
			"media/small.jpg": await jpeg(640, 480),
			"posts/x.md": post("", "![x](/media/photos/海.jpg) ![y](/media/middling.jpg) ![z](/media/small.jpg)"),
		});
		await space.build();
		const { images } = space.builtContent();
		const copies = images["/media/photos/海.jpg"]?.variants ?? [];
		expect(copies.map(({ width }) => width)).toEqual([720, 1440]);
		for (const { src, width } of copies) {
			expect(src).toMatch(/^\/media\/photos\/海-[\da-f]{12}-\d+\.webp$/);
			const file = await sharp(join(space.options.outDir, "assets", src)).metadata();
			expect(file).toMatchObject({ format: "webp", width, height: width / 2 });
		}
		expect(images["/media/middling.jpg"]?.variants?.map(({ width }) => width)).toEqual([720, 1000]);
		expect(images["/media/small.jpg"]).toEqual({ width: 640, height: 480 });
	});

	it("is resized once, and its variants are removed with it", async () => {
		const space = workspace({ "media/a.jpg": await jpeg(2000, 10), "posts/x.md": post("") });
		const kept = join(space.options.outDir, "variants");
		await space.build();
		const times = () => readdirSync(kept).map((name) => statSync(join(kept, name)).mtimeMs);
		const before = times();
		expect(before).toHaveLength(2);
		expect(await space.build()).toMatchObject({ ok: true, changed: false });
		expect(times()).toEqual(before);
		rmSync(join(space.options.contentDir, "media/a.jpg"));
		await space.build();
		expect(readdirSync(kept)).toEqual([]);
		expect(existsSync(join(space.options.outDir, "assets/media"))).toBe(false);
	});

	it("is shown as is, with a warning, when it is truncated", async () => {
		const whole = await jpeg(2000, 1000);
		const space = workspace({ "media/a.jpg": whole.subarray(0, 700), "posts/x.md": post("") });
		const result = await space.build();
		expect(result.ok && space.printed(result.warnings)).toEqual([
			expect.stringMatching(
				/^content\/media\/a\.jpg:1: could not be resized \(.+\); readers get the full-size image\.$/,
			),
		]);
	});
});

describe("the number of files", () => {
	const files = (size: number) => checkFileCount({ folder: "content/media", files: { size } });

	it("causes a warning near the platform's limit, and an error above it", () => {
		expect(files(17_000)).toEqual({ problems: [], warnings: [] });
		expect(files(18_500).problems).toEqual([]);
		expect(files(18_500).warnings[0]?.message).toBe(
			"has 18,500 files, including resized images; the limit is 19,998.",
		);
		expect(files(20_000).problems[0]?.message).toContain("Host some of them elsewhere");
	});
});
