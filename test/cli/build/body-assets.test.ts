import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { post, workspace } from "../../support/workspace.ts";

/** Forty posts in each of fourteen months, more than is bundled with the Worker. */
const large = Object.fromEntries(
	Array.from({ length: 560 }, (_, at) => [`posts/p${at}.md`, post(dateOf(at), long(String(at)))]),
);

function dateOf(at: number): string {
	const month = at % 14;
	return `date: ${2023 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, "0")}-15`;
}

/** Four kilobytes that are fast to parse, in two scripts. */
function long(text: string): string {
	return `${text} begins.\n\n\`\`\`\n${"cats and 猫\n".repeat(310)}\`\`\`\n`;
}

describe("the bodies of a blog", () => {
	it("are bundled while they are small", async () => {
		const space = workspace({ "posts/x.md": post("", "Small.\n") });
		await space.build();
		expect(space.builtContent()).toMatchObject({ external: false, bodies: "Small.\n" });
		expect(readdirSync(join(space.options.outDir, "assets"))).not.toContain("_bodies");
	});

	it("become assets when they are too large, and are bundled again when they shrink", async () => {
		const space = workspace({ ...large, "pages/about.md": "---\ntitle: About\n---\nAbout.\n" });
		await space.build();
		const { external, posts, pages } = space.builtContent();
		expect(external).toBe(true);
		expect(posts).toHaveLength(560);
		for (const { id, markdown } of posts) expect(markdown).toBe(long(id.slice(1)));
		expect(pages[0]?.markdown).toBe("About.\n");
		expect(Object.keys(space.output()).filter((name) => name.startsWith("bodies-"))).toEqual([]);

		for (const name of Object.keys(large).slice(5)) space.remove(`content/${name}`);
		await space.build();
		expect(space.builtContent().external).toBe(false);
		expect(readdirSync(join(space.options.outDir, "assets"))).not.toContain("_bodies");
	});

	it("are in chunks of limited size", async () => {
		const space = workspace(large);
		await space.build();
		const folder = join(space.options.outDir, "assets/_bodies");
		const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
		expect(sizes.length).toBe(42);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(128 * 1024);
	});

	it("stay in their chunks when another post is edited", async () => {
		const space = workspace(large);
		await space.build();
		const texts = () => readdirSync(join(space.options.outDir, "assets/_bodies"));
		const before = texts();
		space.write("content/posts/p3.md", post(dateOf(3), `${long("3")}\nEdited.\n`));
		await space.build();
		const after = texts();
		expect(after).toHaveLength(before.length);
		expect(after.filter((name) => !before.includes(name))).toHaveLength(1);
	});

	it("remain for the running Worker until the next build", async () => {
		const space = workspace(large);
		await space.build({ serving: true });
		const texts = () => readdirSync(join(space.options.outDir, "assets/_bodies"));
		const before = texts();
		space.write("content/posts/p3.md", post(dateOf(3), `${long("3")}\nEdited.\n`));
		await space.build({ serving: true });
		expect(texts()).toEqual(expect.arrayContaining(before));
		space.write("content/posts/p4.md", post(dateOf(4), `${long("4")}\nEdited.\n`));
		await space.build({ serving: true });
		expect(before.filter((name) => !texts().includes(name))).toHaveLength(1);
	});
});
