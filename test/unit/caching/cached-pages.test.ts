import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import {
	type CachedPage,
	type CachedPageRepository,
	compressDocument,
	expandDocument,
} from "../../../src/caching/cached-pages.ts";
import { cachedPageRepository } from "../../../src/db/cached-pages.ts";
import { migrated, type OpenDatabase } from "../../support/backup.ts";

const day = 86_400_000;
let opened: OpenDatabase;
let pages: CachedPageRepository;

beforeEach(async () => {
	opened = await migrated();
	pages = cachedPageRepository(opened.d1);
	raise("p");
	raise("q");
});

/** Raises the revision of a post, or of all threads for the empty id. */
const raise = (postId: string) =>
	opened.database
		.prepare(
			"INSERT INTO pending_purges (post_id, scope) VALUES (?, 1) ON CONFLICT DO UPDATE SET revision = revision + 1",
		)
		.run(postId);

const store = (page: Partial<CachedPage> = {}, perDay = 100) =>
	pages.store(
		{
			postId: "p",
			deployment: "k",
			revision: 1,
			renderedAt: day,
			changesAt: null,
			etag: '"e"',
			body: "words",
			...page,
		},
		perDay,
	);

const bodies = () =>
	opened.database
		.prepare("SELECT post_id, body FROM cached_pages ORDER BY post_id")
		.all()
		.map(({ post_id, body }) => [post_id, body]);

describe("a page stored in the database", () => {
	it("is emptied in the statement that raises the revision of its post, and of no other", async () => {
		await store();
		await store({ postId: "q" });
		raise("p");
		expect(bodies()).toEqual([
			["p", null],
			["q", "words"],
		]);
	});

	it("is emptied by what changes all threads, the first time and later", async () => {
		for (const revision of [1, 2]) {
			await store({ revision });
			await store({ postId: "猫", revision: revision - 1 });
			expect(bodies().map(([, body]) => body)).toContain("words");
			raise("");
			expect(bodies().map(([, body]) => body)).not.toContain("words");
		}
	});

	it("is not emptied by a purge, which changes nothing", async () => {
		await store();
		opened.database.exec("UPDATE pending_purges SET scope = 0, purged_at = 5");
		expect(bodies()).toEqual([["p", "words"]]);
	});

	it("is not written if the revision has risen since it was rendered", async () => {
		raise("p");
		await store();
		expect(bodies()).toEqual([]);
		await store({ revision: 2 });
		raise("p");
		await store({ revision: 2, body: "late words" });
		expect(bodies()).toEqual([["p", null]]);
	});

	it("replaces one of another deployment or revision, and one that has ended, and no current one", async () => {
		await store({ changesAt: day + 10 });
		await store({ body: "again", renderedAt: day + 5 });
		expect(bodies()).toEqual([["p", "words"]]);
		await store({ body: "later", renderedAt: day + 10 });
		expect(bodies()).toEqual([["p", "later"]]);
		await store({ body: "before", renderedAt: day + 1 });
		expect(bodies()).toEqual([["p", "before"]]);
		await store({ deployment: "next", body: "deployed", renderedAt: day + 2 });
		expect(bodies()).toEqual([["p", "deployed"]]);
	});

	it("is stored as often in a day as allowed, whichever post it is of", async () => {
		await store({}, 2);
		raise("p");
		await store({ revision: 2 }, 2);
		await store({ postId: "q" }, 2);
		expect(bodies()).toEqual([["p", "words"]]);
		await store({ postId: "q", renderedAt: 2 * day }, 2);
		expect(bodies()).toEqual([
			["p", "words"],
			["q", "words"],
		]);
	});

	it("is deleted after its time, with the counts of days before", async () => {
		await store();
		await store({ postId: "q", renderedAt: 3 * day });
		await pages.prune(2 * day, "k");
		expect(bodies()).toEqual([["q", "words"]]);
		expect(opened.database.prepare("SELECT day FROM cached_page_counts").all()).toEqual([{ day: 3 }]);
	});

	it("is deleted when its deployment is over, or none stores pages any more", async () => {
		await store();
		await store({ postId: "q", deployment: "next" });
		await pages.prune(0, "next");
		expect(bodies()).toEqual([["q", "words"]]);
		await pages.prune(0, null);
		expect(bodies()).toEqual([]);
		expect(opened.database.prepare("SELECT count FROM cached_page_counts").all()).toEqual([{ count: 2 }]);
	});
});

describe("a compressed document", () => {
	it("expands to the same bytes", async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 20_000 }), async (bytes) => {
				const document = new Uint8Array(bytes);
				expect(await expandDocument(await compressDocument(document))).toEqual(document);
			}),
			{ numRuns: 30 },
		);
	});

	it.each(["", "%", "AAAA", "words that are none"])("that is none is an error: %j", async (body) => {
		await expect(expandDocument(body)).rejects.toThrow();
	});
});
