import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFragmentIds } from "../../../../src/posts/markdown/fragment-ids.ts";
import { render } from "../../../support/render.ts";

const src = new URL("../../../../src", import.meta.url).pathname;

/** Ids that the parts of a page write out, except those of private pages, which show no text of a post. */
const pageIds = ["web/ui", "web/site"]
	.flatMap((folder) => readdirSync(join(src, folder)).map((file) => join(src, folder, file)))
	.filter((file) => /\.tsx?$/.test(file))
	.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\bid="([^"$]+)"/g)].map(([, id = ""]) => id));

describe("the ids of a page", () => {
	it("are taken from the start, if the page around the text has them", () => {
		expect(pageIds).toContain("comments");
		const ids = createFragmentIds();
		expect(pageIds.filter((id) => ids.takeExactly(id))).toEqual([]);
		expect(ids.take("comment-12")).not.toBe("comment-12");
	});

	it("are each there once, and every link within the text has its target, whatever the text", async () => {
		const part = fc.constantFrom(
			...[
				"# a\n\n",
				"# A {#a}\n\n",
				"## a-1\n\n",
				"# Comments\n\n",
				"# footnote-label\n\n",
				"# Footnote a\n\n",
			],
			...[
				"a[^a] ",
				"b[^A] ",
				"c[^b] ",
				"\n\n[^a]: x[^b]\n\n",
				"\n\n[^b]: y\n\n",
				"\n\n[^a]: z\n\n",
				"# !!!\n\n",
			],
			...['<b id="a">x</b> ', '<b id="footnote-a">x</b> ', '<b id="comments">x</b> ', "# footnote-ref-a\n\n"],
		);
		await fc.assert(
			fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
				const html = await render(parts.join(""), { contents: true });
				const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);
				expect(
					ids.filter((id, at) => ids.indexOf(id) !== at || (pageIds.includes(id) && id !== "footnote-label")),
				).toEqual([]);
				const targets = [...html.matchAll(/ href="#([^"]*)"/g)].map(([, target = ""]) =>
					decodeURIComponent(target),
				);
				expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});
});
