import { describe, expect, it } from "vitest";
import { createBudget } from "../../../src/budget.ts";
import { announcePosts } from "../../../src/notifications/announce-posts.ts";
import type { Archive } from "../../../src/posts/archive.ts";
import type { Site } from "../../../src/posts/site.ts";
import { fake } from "../../support/fakes/fake.ts";
import { samplePost } from "../../support/post.ts";

const day = 86_400_000;
const hub = "https://hub.example/";

/** A blog with a hub that answers as it is told; `run` runs the job at a time. */
function blog(posts: ReturnType<typeof samplePost>[], site: Partial<Site> = { hub }) {
	const used = new Set<string>();
	const sent: string[][] = [];
	const state = { fails: false };
	const archive = fake<Archive>({
		site: fake<Site>({ url: "https://cats.example", ...site } as Site),
		published: (now) => posts.filter(({ published }) => published <= now),
	});
	const run = (now: number) =>
		announcePosts(
			{
				archive,
				announced: { isUsed: async (id) => used.has(id), use: async (id) => !used.has(id) && !!used.add(id) },
				ping: async (to, feeds) => {
					if (state.fails) throw new Error("the hub is down");
					sent.push([to, ...feeds]);
				},
			},
			createBudget(),
			now,
		);
	return { run, sent, state };
}

describe("a new post", () => {
	const post = samplePost({
		published: 10 * day,
		lang: "ja",
		categories: [{ name: "雲", slug: "雲" }],
		series: { name: "S", slug: "s" },
	});

	it("is announced once, with every feed it is in", async () => {
		const { run, sent } = blog([post]);
		for (const now of [10 * day - 1, 10 * day, 10 * day + 60_000]) await run(now);
		expect(sent).toHaveLength(1);
		expect(sent[0]).toEqual([
			hub,
			...["/", "/ja/", "/category/%E9%9B%B2/", "/author/mika/", "/series/s/"].flatMap((path) =>
				["xml", "rss", "json"].map((extension) => `https://cats.example${path}feed.${extension}`),
			),
		]);
	});

	it("is announced again after the hub failed, for a day", async () => {
		const { run, sent, state } = blog([post]);
		state.fails = true;
		await expect(run(10 * day)).rejects.toThrow("the hub is down");
		expect(sent).toEqual([]);
		state.fails = false;
		await run(10 * day + 1);
		expect(sent).toHaveLength(1);
		const late = blog([post]);
		await late.run(11 * day);
		expect(late.sent).toEqual([]);
	});

	it("is announced to nobody without a hub", async () => {
		const { run, sent } = blog([post], { hub: null });
		await run(10 * day);
		expect(sent).toEqual([]);
	});

	it("is announced within the budget of a run, however many there are", async () => {
		const posts = Array.from({ length: 30 }, (_, at) => samplePost({ slug: `p${at}`, published: 10 * day }));
		const { run, sent } = blog(posts);
		for (let minute = 0; minute < 5; minute++) await run(10 * day + minute);
		expect(sent.length).toBeGreaterThan(1);
		for (const [, ...feeds] of sent) expect(feeds.length).toBeLessThan(40);
	});
});
