import { readFileSync } from "node:fs";
import { crc32, gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { afterEach, describe, expect, it } from "vitest";
import { detectEncoding } from "../../../../src/import/input/encoding.ts";
import { isBomb } from "../../../../src/import/input/gzip.ts";
import { type NewBlog, newBlog } from "../../../support/import/run.ts";

const fixture = readFileSync(
	new URL("../../../support/import/fixtures/wordpress.xml", import.meta.url),
	"utf8",
);
const comments = { kind: "comment", outcome: "written", count: 3 };
let blog: NewBlog | undefined;
afterEach(() => blog?.remove());

/** Writes a zip without compression, whatever its names are. */
function zip(files: Readonly<Record<string, Buffer>>): Buffer {
	const locals: Buffer[] = [];
	const central: Buffer[] = [];
	let offset = 0;
	for (const [path, content] of Object.entries(files)) {
		const name = Buffer.from(path);
		// Version, flags, method, time, date, checksum, sizes, length of the name, extra field: the same in both headers.
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt32LE(crc32(content), 10);
		common.writeUInt32LE(content.length, 14);
		common.writeUInt32LE(content.length, 18);
		common.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, content]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), common, tail, name]));
		locals.push(local);
		offset += local.length;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(22);
	end.write("PK\x05\x06");
	end.writeUInt16LE(central.length, 8);
	end.writeUInt16LE(central.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...locals, directory, end]);
}

describe("an export", () => {
	it("is found in a gzip stream", async () => {
		blog = await newBlog();
		expect((await blog.import({ "export.gz": gzipSync(fixture) })).tallies).toContainEqual(comments);
	});

	const tarOf = (files: Readonly<Record<string, string>>) =>
		packTar(
			Object.entries(files).map(([name, body]) => ({
				header: { name, size: Buffer.byteLength(body) },
				body,
			})),
		);

	it.each(["plain", "compressed"])("is found in a tar with its pictures: %s", async (how) => {
		blog = await newBlog();
		const tar = await tarOf({
			"./old/export.xml": fixture,
			"./old/._export.xml": "of a Mac",
			"notes.txt": "Hello",
		});
		const file = how === "plain" ? Buffer.from(tar) : gzipSync(tar);
		expect((await blog.import({ "export.tar.gz": file })).tallies).toContainEqual(comments);
	});

	it("is refused as a tar that leads out of its folder or ends early, with nothing written", async () => {
		blog = await newBlog();
		const slip = Buffer.from(await tarOf({ "../export.xml": fixture }));
		await expect(blog.import({ "export.tar": slip })).rejects.toThrow(/the tar is refused .*outside/);
		const cut = Buffer.from(await tarOf({ "export.xml": fixture })).subarray(0, 2048);
		await expect(blog.import({ "export.tar": cut })).rejects.toThrow(/the tar is refused/);
		expect(Object.keys(blog.files())).toEqual(["site.yaml"]);
	});

	it("is refused as a damaged gzip stream, with nothing written", async () => {
		blog = await newBlog();
		const damaged = gzipSync(fixture).subarray(0, 2000);
		await expect(blog.import({ "export.gz": damaged })).rejects.toThrow(
			/export\.gz: the compressed file is damaged/,
		);
		expect(Object.keys(blog.files())).toEqual(["site.yaml"]);
	});

	it("of no known format is refused with the formats there are", async () => {
		blog = await newBlog();
		await expect(blog.import({ "notes.txt": "Hello" })).rejects.toThrow(
			/no format that can be imported \(.*WordPress/,
		);
	});

	it("with a document type is refused", async () => {
		blog = await newBlog();
		const bomb = fixture.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "aaaa">]>\n<rss');
		await expect(blog.import({ "export.xml": bomb })).rejects.toThrow(/export\.xml:3: has a document type/);
	});
});

describe("detectEncoding", () => {
	const detect = (bytes: Uint8Array, declared: string | null = null) =>
		detectEncoding(
			(async function* () {
				for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
			})(),
			declared,
		);
	const japanese = "こんにちは。霧の港で、猫が鳴きました。カタカナも漢字もあります。";

	it.each([
		["utf-8", Buffer.from(japanese)],
		[
			"shift_jis",
			Buffer.from(
				"grGC8YLJgr+CzYFClraCzI1ggsWBQZRMgqqWwoKrgtyCtYK9gUKDSoNeg0qDaYLgir+OmoLggqCC6ILcgreBQg==",
				"base64",
			),
		],
		[
			"euc-jp",
			Buffer.from(
				"pLOk86TLpMGkz6GjzLikzrnBpMehosetpKzMxKStpN6kt6S/oaOlq6W/paulyqTitMG7+qTipKKk6qTepLmhow==",
				"base64",
			),
		],
	])("tells %s", async (encoding, bytes) => {
		expect(await detect(bytes)).toEqual({ encoding, valid: true });
		expect(new TextDecoder(encoding).decode(bytes)).toBe(japanese);
	});

	it("keeps UTF-8 in spite of a broken character", async () => {
		const bytes = Buffer.concat([
			Buffer.from(japanese.repeat(5)),
			Buffer.from([0xe3, 0x81]),
			Buffer.from("x"),
		]);
		expect(await detect(bytes)).toEqual({ encoding: "utf-8", valid: false });
	});

	it("takes the encoding that is declared where UTF-8 does not fit", async () => {
		expect(await detect(Buffer.from("café", "latin1"), "ISO-8859-1")).toEqual({
			encoding: "windows-1252",
			valid: true,
		});
	});
});

it("counts as a bomb what grows as no export does", () => {
	expect([isBomb(1000, 50_000_000), isBomb(1000, 200_000_000), isBomb(10_000_000, 500_000_000)]).toEqual([
		false,
		true,
		false,
	]);
});

describe("a zip", () => {
	it("brings its pictures", async () => {
		blog = await newBlog();
		const picture = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");
		const bytes = zip({ "note/export.xml": Buffer.from(fixture), "note/assets/fog.jpg": picture });
		const { tallies } = await blog.import({ "export.zip": bytes });
		expect(tallies).toContainEqual({ kind: "medium", outcome: "written", count: 1 });
		expect(tallies).toContainEqual(comments);
		expect(Object.keys(blog.files())).toContain("media/2019/03/fog.gif");
	});

	it("with a path that leads out of it is refused", async () => {
		blog = await newBlog();
		const bytes = zip({ "../export.xml": Buffer.from(fixture) });
		await expect(blog.import({ "export.zip": bytes })).rejects.toThrow(/export\.zip: the zip is refused/);
	});
});
