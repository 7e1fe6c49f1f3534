import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type AddressReport, checkAddresses } from "../../../src/import/check-addresses.ts";
import { newBlog } from "../../support/import/run.ts";

const fixture = readFileSync(new URL("../../support/import/fixtures/wordpress.xml", import.meta.url));

/** The answers of a blog that knows the post by its old paths but not by its number. */
const answers: Record<string, { status: number; location: string | null }> = {
	"/blog/2019/03/%E9%9C%A7/": { status: 301, location: "/2019/03/03/霧/" },
	"/2019/03/03/霧/": { status: 200, location: null },
	"/?p=12": { status: 200, location: null },
	"/blog/about/": { status: 301, location: "/about/" },
	"/about/": { status: 200, location: null },
	"/?p=30": { status: 302, location: "/?p=30" },
	"/blog/category/north/": { status: 404, location: null },
};

it("asks the blog for every old address and lists those that do not lead to their new place", async () => {
	const blog = await newBlog("title: New\nurl: https://harbour.example\ntimezone: Asia/Tokyo\n");
	blog.sqlite.exec(`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
		VALUES (101, 'other', '00000065', 'published', 'A', 'v', 'x', 'x', '', 1)`);
	let report: AddressReport = { asked: 0, wrong: [] };
	await blog.import({ "export.xml": fixture }, {}, async (spool) => {
		report = await checkAddresses(
			spool,
			async (path) => answers[path] ?? { status: 599, location: null },
			() => {},
		);
	});
	expect(report).toEqual({
		asked: 6,
		wrong: [
			"/?p=12 leads to /?p=12, not to /2019/03/03/霧/.",
			"/?p=30 is redirected too often.",
			"/blog/category/north/ is answered with status 404.",
			"#comment-101 is #comment-104 now: its number was taken.",
		],
	});
	blog.remove();
});
