import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { isPublic, mediaFetcher } from "../../../src/import/fetch-media.ts";
import { fullSize, mediumKey } from "../../../src/import/media.ts";
import { extensionOf } from "../../../src/import/media-type.ts";
import { newBlog } from "../../support/import/run.ts";

it("asks only the old blog's hosts, and none that is a private address", async () => {
	let requests = 0;
	const server = createServer((_, response) => {
		requests += 1;
		response.end("x");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
	for (const host of hosts) {
		expect(await mediaFetcher(hosts)(`http://${host}/a.png`)).toEqual({
			reason: "could not be fetched (a private address).",
		});
	}
	expect(await mediaFetcher(hosts)("https://other.example/a.png")).toEqual({
		reason: "is on other.example, which is not the old blog's host; copy it yourself.",
	});
	expect(await mediaFetcher(hosts)("file:///etc/passwd")).toEqual({ reason: "is no web address; left out." });
	expect(requests).toBe(0);
	server.close();
});

it.each([
	["203.0.113.7", false],
	["8.8.8.8", true],
	["127.0.0.1", false],
	["10.0.0.1", false],
	["169.254.169.254", false],
	["::1", false],
	["::ffff:127.0.0.1", false],
	["fd00::1", false],
	["2606:4700::1111", true],
])("tells whether anybody can reach %s", (address, expected) => {
	expect(isPublic(address)).toBe(expected);
});

it("tells files by their bytes, and keeps an extension that fits", () => {
	expect(extensionOf(Buffer.from("GIF89a"), "jpg")).toBe("gif");
	expect(extensionOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "jpeg")).toBe("jpeg");
	expect(extensionOf(Buffer.from("PK\x03\x04"), "docx")).toBe("docx");
	expect(extensionOf(Buffer.from("<!doctype html><p>Not found"), "jpg")).toBeNull();
});

it("knows a picture by any spelling of its address, and the full size of a smaller copy", () => {
	const key = mediumKey("https://old.example/wp-content/uploads/a%20b.jpg");
	expect(mediumKey("http://www.old.example/wp-content/uploads/a b.jpg?resize=300")).toBe(key);
	expect(mediumKey("https://i0.wp.com/old.example/wp-content/uploads/a%20b.jpg?w=300")).toBe(key);
	expect(fullSize("https://old.example/fog-300x200.jpg")).toBe("https://old.example/fog.jpg");
});

it("gets the pictures of Hatena, which are on hosts of their own", async () => {
	const blog = await newBlog();
	const asked: string[] = [];
	const picture = "https://cdn-ak.f.st-hatena.com/images/fotolife/m/mika/20210401/1.gif";
	const text = `TITLE: T\nSTATUS: Publish\nDATE: 04/01/2021 08:00:00\nBASENAME: 2021/04/01/080000\n-----\nBODY:\n<p><img src="${picture}" alt="A"><img src="https://elsewhere.example/2.gif" alt="B"></p>\n-----\n--------\n`;
	const { reports } = await blog.import(
		{ "export.txt": text },
		{
			address: "https://mika.hatenablog.com",
			fetchMedia: (hosts) => async (address) => {
				asked.push(`${hosts.has("cdn-ak.f.st-hatena.com")} ${address}`);
				return { bytes: Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64") };
			},
		},
	);
	expect(asked).toEqual([`true ${picture}`]);
	const [post = ""] = Object.entries(blog.files()).flatMap(([path, body]) =>
		path.startsWith("posts/") ? [body] : [],
	);
	expect(post).toMatch(/!\[A\]\(\/media\/.*1\.gif\)!\[B\]\(https:\/\/elsewhere\.example\/2\.gif\)/);
	expect(reports).toEqual([expect.stringContaining("times without a zone")].slice(1));
	blog.remove();
});

it("gives two pictures of one name two files, and none a second time", async () => {
	const blog = await newBlog();
	const gif = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");
	const other = Buffer.concat([gif, Buffer.from("other")]);
	const item = (id: number, path: string) =>
		`<item><title>x</title><wp:post_id>${id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example${path}</wp:attachment_url></item>`;
	const xml = `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://old.example</link>${item(1, "/uploads/one/cat.gif")}${item(2, "/files/one/cat.gif")}${item(3, "/uploads/gone.gif")}</channel></rss>`;
	const files = { "export.xml": xml, "uploads/one/cat.gif": gif, "files/one/cat.gif": other };
	const first = await blog.import(files);
	const names = () => Object.keys(blog.files()).filter((path) => path.startsWith("media/"));
	expect(names()).toEqual(["media/one/cat-2.gif", "media/one/cat.gif"]);
	expect(first.reports.join()).toMatch(
		/gone\.gif is not here; give its folder with --media, or add --fetch-media/,
	);
	const again = await blog.import(files);
	expect(names()).toHaveLength(2);
	expect(again.tallies).toContainEqual({ kind: "medium", outcome: "present", count: 2 });
	blog.remove();
});
