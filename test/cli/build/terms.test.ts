import { describe, expect, it } from "vitest";
import { buildFiles, post } from "../../support/workspace.ts";

describe("terms", () => {
	it("have the spelling of the oldest published post", async () => {
		const { posts, warnings } = await buildFiles({
			"posts/a.md": post("date: 2019-01-01\ndraft: true\ntags: EDGE"),
			"posts/b.md": post("date: 2024-01-01\ntags: edge"),
			"posts/c.md": post("date: 2020-01-01\ntags: Edge\ncategories: edge"),
		});
		expect(posts.map(({ id, tags }) => [id, tags])).toEqual([
			["b", [{ name: "Edge", slug: "edge" }]],
			["c", [{ name: "Edge", slug: "edge" }]],
			["a", [{ name: "Edge", slug: "edge" }]],
		]);
		expect(posts[1]?.categories).toEqual([{ name: "edge", slug: "edge" }]);
		expect(warnings).toEqual([]);
	});

	it("are warned about when different names have the same slug", async () => {
		const { posts, warnings } = await buildFiles({
			"posts/a.md": post("date: 2020-01-01\ntags: C"),
			"posts/b.md": post("date: 2021-01-01\ntags: [x, C++]"),
		});
		expect(posts[0]?.tags).toEqual([
			{ name: "x", slug: "x" },
			{ name: "C", slug: "c" },
		]);
		expect(warnings).toEqual([
			'content/posts/b.md:4: tags: "C++" has the same address as "C", by which it is shown; use the same spelling or rename one of them.',
		]);
	});
});
