import { join } from "node:path";
import { drizzle } from "drizzle-orm/d1";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContentCache, readContent } from "../../../src/build/content.ts";
import { sqliteD1 } from "../../../src/cli/sqlite-d1.ts";
import { redactComment } from "../../../src/db/redaction.ts";
import { visibleText } from "../../../src/import/convert/comment-html.ts";
import { render } from "../../../src/import/convert/entry.ts";
import { ImportError } from "../../../src/import/error.ts";
import { formats } from "../../../src/import/formats.ts";
import { openExport } from "../../../src/import/input/open.ts";
import { headOf } from "../../../src/import/input/source-file.ts";
import { openArchive } from "../../../src/posts/archive.ts";
import { openIndex, writeIndex } from "../../../src/posts/post-index.ts";
import { dump } from "../../support/import/database.ts";
import { testedFormats } from "../../support/import/formats.ts";
import {
	isHidden,
	needles,
	now,
	type OldBlog,
	type OldComment,
	oldBlogs,
	oldPath,
} from "../../support/import/old-blog.ts";
import { type ImportRun, type NewBlog, newBlog } from "../../support/import/run.ts";

/** Runs of each property; each imports a generated blog into a new one. */
const numRuns = 5;

type Row = {
	id: number;
	parent_id: number | null;
	state: string;
	name: string;
	source: string;
	html: string;
	path: string;
	created_at: number;
};

const commentsOf = ({ sqlite }: NewBlog) =>
	sqlite.prepare("SELECT * FROM comments ORDER BY id").all() as unknown as Row[];

/** Finds the row of an old comment by its mark. */
const rowOf = (rows: readonly Row[], { number }: OldComment) =>
	rows.find(({ source }) => new RegExp(`comment${number}mark\\b`).test(source));

/** Returns posts of an import's account by kind: how many were read, and what became of them. */
const countOf = ({ tallies }: ImportRun, kind: string) =>
	tallies.filter((tally) => tally.kind === kind).reduce((sum, { count }) => sum + count, 0);

const fixtures = new URL("../../support/import/fixtures/", import.meta.url);

it("are tested for every format, each of which recognizes its own fixture and no other", async () => {
	for (const { name, fixture } of testedFormats) {
		const path = new URL(fixture, fixtures).pathname;
		const { exports, close } = await openExport(path, null);
		expect(exports.map(({ format }) => format.name)).toEqual([name]);
		const head = exports[0] === undefined ? new Uint8Array() : await headOf(exports[0].file, 65_536);
		const sample = { name: "export", bytes: head, text: new TextDecoder().decode(head) };
		expect(formats.filter((format) => format.detect(sample)).map((format) => format.name)).toEqual([name]);
		close();
	}

	expect([...new Set(testedFormats.map(({ name }) => name))].sort()).toEqual(
		formats.map(({ name }) => name).sort(),
	);
});

const titled = testedFormats.map((format) => ({ ...format, title: `${format.name}${format.form ?? ""}` }));

describe.each(titled)("moving in from $title", (format) => {
	const { states, commentStates, threads, keepsNumbers, pages } = format;
	const blogs = oldBlogs(
		states.length > 0 ? states : ["public"],
		commentStates.length > 0 ? commentStates : ["published"],
	).map(
		(blog): OldBlog => ({
			entries: blog.entries.map((entry) => (pages ? entry : { ...entry, kind: "post" })),
			comments:
				commentStates.length === 0
					? []
					: blog.comments.map((comment) => (threads ? comment : { ...comment, parent: null })),
		}),
	);

	/** Runs a check on an imported blog. Formats of comments alone get their entries first. */
	const holds = (
		check: (old: OldBlog, blog: NewBlog, run: ImportRun, file: string) => Promise<void> | void,
	) =>
		fc.assert(
			fc.asyncProperty(blogs, async (old) => {
				const blog = await newBlog();
				try {
					const file = exportOf(format);
					if (states.length === 0) blog.write(entriesOf(old));
					const run = await blog.import({ [file]: format.write(old) });
					await check(old, blog, run, file);
				} finally {
					blog.remove();
				}
			}),
			{ numRuns },
		);

	it("accounts for every record: written, here already, or reported with a reason", () =>
		holds((old, blog, run) => {
			expect(run.tallies.filter(({ outcome }) => outcome === null)).toEqual([]);
			expect(countOf(run, "comment")).toBe(old.comments.length);
			const entries = states.length === 0 ? 0 : old.entries.length;
			expect(countOf(run, "post") + countOf(run, "page")).toBe(entries);
			const written = run.tallies.filter(({ kind, outcome }) => kind === "comment" && outcome === "written");
			expect(commentsOf(blog).length).toBe(written.reduce((sum, { count }) => sum + count, 0));
			const left = run.tallies
				.filter(({ outcome }) => outcome === "reported")
				.reduce((sum, { count }) => sum + count, 0);
			expect(run.reports.length).toBeGreaterThanOrEqual(left);
			expect(run.reports.filter((report) => report.trim() === "" || report.includes("undefined"))).toEqual(
				[],
			);
		}));

	it("makes nothing public that was not", () =>
		holds((old, blog, run) => {
			for (const [path, text] of Object.entries(blog.files())) {
				if (text.includes("hiddenentry")) expect(`${path}: ${text}`).toMatch(/^draft: true$/m);
			}
			const lost = old.entries.filter(
				({ number, state }) =>
					states.length > 0 &&
					state !== "trash" &&
					!Object.values(blog.files()).some((text) => text.includes(`entry${number}mark`)),
			);
			expect(lost).toEqual([]);
			for (const { state, source, html } of commentsOf(blog)) {
				if (state === "published") expect(source + html).not.toContain("hiddencomment");
			}
			const everything = `${JSON.stringify(blog.files())}${dump(blog.sqlite)}${run.reports.join("\n")}`;
			for (const needle of Object.values(needles)) expect(everything).not.toContain(needle);
		}));

	it("changes nothing when it is run again, and never undoes what was done here since", () =>
		holds(async (old, blog, _, file) => {
			const { sqlite } = blog;
			const [edited] = Object.keys(blog.files()).filter((path) => /^(?:posts|pages)\//.test(path));
			if (edited !== undefined) blog.write({ [edited]: `${blog.files()[edited]}\nAn edit.\n` });
			sqlite.exec("UPDATE comments SET state = 'spam' WHERE id = (SELECT min(id) FROM comments)");
			sqlite.exec(`UPDATE comments SET state = 'deleted', name = '', source = '', html = ''
				WHERE id = (SELECT max(id) FROM comments)`);
			const before = { files: blog.files(), rows: dump(sqlite) };
			const again = await blog.import({ [file]: format.write(old) });
			expect(
				again.tallies
					.filter(({ outcome }) => outcome === "written" || outcome === null)
					.filter(({ kind }) => kind === "comment" || kind === "post" || kind === "page"),
			).toEqual([]);
			expect({ files: blog.files(), rows: dump(sqlite) }).toEqual(before);
		}));

	if (commentStates.length > 0)
		it("leaves erased what was erased here, even in a database without a trace of the import", () =>
			holds(async (old, blog, _, file) => {
				const { sqlite } = blog;
				const [row] = commentsOf(blog).filter(({ source }) => source !== "");
				if (row === undefined) return;
				await redactComment(drizzle(sqliteD1(sqlite)), row.id, now);
				const mark = /comment\d+mark/.exec(row.source)?.[0] ?? "";
				await blog.import({ [file]: format.write(old) });
				expect(dump(sqlite)).not.toMatch(new RegExp(`${mark}\\b`));
				sqlite.exec("DELETE FROM imported_comments");
				await blog.import({ [file]: format.write(old) });
				expect(dump(sqlite)).not.toMatch(new RegExp(`${mark}\\b`));
			}));

	it("adds only what is new of a newer export", () =>
		holds(async (old, blog, _, file) => {
			const before = { files: blog.files(), comments: commentsOf(blog) };
			const [entry] = old.entries;
			if (entry === undefined) return;
			const number = old.entries.length + 1;
			const added = {
				...entry,
				number,
				slug: `added-${number}`,
				state: "public" as const,
				title: "Added",
				paragraphs: ["entryaddedmark"],
			};
			const comment: OldComment = {
				number: old.comments.length + 1,
				entry: number,
				parent: null,
				name: "New",
				website: "",
				text: `comment${old.comments.length + 1}mark new`,
				state: "published",
				created: Date.parse("2025-12-31"),
			};
			const comments = commentStates.length === 0 ? [] : [...old.comments, comment];
			const newer = { entries: [...old.entries, added], comments };
			if (states.length === 0) blog.write(entriesOf({ entries: [added], comments: [] }));
			await blog.import({ [file]: format.write(newer) });
			const after = { files: blog.files(), comments: commentsOf(blog) };
			expect(after.files).toMatchObject(before.files);
			expect(Object.keys(after.files).length).toBe(Object.keys(before.files).length + 1);
			expect(after.comments).toEqual(expect.arrayContaining(before.comments));
			expect(after.comments.length).toBe(before.comments.length + (commentStates.length > 0 ? 1 : 0));
		}));

	it("is silent: no event, notice or training example, and one purge a post", () =>
		holds((_, { sqlite }) => {
			for (const table of [
				"comment_events",
				"outbox",
				"training_examples",
				"audit_log",
				"revisions",
				"addresses",
			]) {
				expect(sqlite.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 0 });
			}
			const counted =
				"SELECT count(*) AS count FROM comments WHERE comments.post_id = threads.post_id AND state = 'published'";
			const wrong = sqlite.prepare(`SELECT post_id FROM threads WHERE comment_count <> (${counted})`).all();
			expect(wrong).toEqual([]);
			const purges = sqlite.prepare("SELECT post_id, scope FROM pending_purges").all();
			const posts = sqlite
				.prepare("SELECT DISTINCT post_id, 7 AS scope FROM comments WHERE state = 'published'")
				.all();
			expect(purges).toEqual(expect.arrayContaining(posts));
			expect(purges.length).toBe(posts.length);
		}));

	it("writes nothing of a file that is cut off or damaged, or reads past the damage", () =>
		fc.assert(
			fc.asyncProperty(
				blogs,
				fc.nat(),
				fc.constantFrom("", "\0", "\u0001", "&broken;", "\ufffe"),
				async (old, at, damage) => {
					const whole = Buffer.from(format.write(old));
					const end = at % (whole.length + 1);
					const rest = damage === "" ? Buffer.alloc(0) : whole.subarray(end);
					const file = exportOf(format);
					const blog = await newBlog();
					try {
						if (states.length === 0) blog.write(entriesOf(old));
						const before = { files: blog.files(), rows: dump(blog.sqlite) };
						const damaged = Buffer.concat([whole.subarray(0, end), Buffer.from(damage), rest]);
						const run = await blog.import({ [file]: damaged }).catch((error: unknown) => error);
						if (run instanceof Error) {
							expect(run).toBeInstanceOf(ImportError);
							expect(run.message).toMatch(/export/);
							expect({ files: blog.files(), rows: dump(blog.sqlite) }).toEqual(before);
						} else expect((run as ImportRun).tallies.filter(({ outcome }) => outcome === null)).toEqual([]);
					} finally {
						blog.remove();
					}
				},
			),
			{ numRuns: numRuns * 2 },
		));

	if (states.length > 0)
		it("shows the same words, builds, and answers every old address", async () => {
			const sample = fc.sample(blogs, { numRuns: 30, seed: 7 });
			const old = sample.reduce((most, next) => (next.entries.length > most.entries.length ? next : most));
			const blog = await newBlog();
			try {
				await blog.import({ [exportOf(format)]: format.write(old) });
				for (const entry of old.entries.filter(({ state }) => state !== "trash")) {
					const text =
						Object.values(blog.files()).find((file) => file.includes(`entry${entry.number}mark`)) ?? "";
					const html = await render(text.replace(/^---\n[\s\S]*?\n---\n/, ""), false);
					expect(visibleText(html).replace(/\s+/g, "")).toBe(entry.paragraphs.join("").replace(/\s+/g, ""));
				}
				const content = await readContent(
					blog.contentDir,
					join(blog.folder, "variants"),
					createContentCache(),
				);
				expect(content.problems).toEqual([]);
				const archive = openArchive(content.manifest, openIndex(writeIndex(content.posts)), async () => "");
				for (const entry of old.entries.filter(({ state }) => !isHidden(state))) {
					if (entry.state === "scheduled" && entry.published <= now) continue;
					const found = archive.find(oldPath(entry), now * 2);
					const title = entry.title.replace(/\s+/g, " ").trim();
					if (format.addresses) expect(found?.title).toBe(title);
					if (format.name === "wordpress") {
						const numbered = archive.resolveAddress(
							"/",
							new URLSearchParams({ p: String(entry.number) }),
							now * 2,
						);
						expect(numbered?.path).toBe(found?.path);
					}
				}
			} finally {
				blog.remove();
			}
		});

	if (commentStates.length > 0)
		it("keeps threads whole", () =>
			holds((old, blog) => {
				const rows = commentsOf(blog);
				const byId = new Map(rows.map((row) => [row.id, row]));
				for (const { id, parent_id, path } of rows) {
					const parent = parent_id === null ? undefined : byId.get(parent_id);
					const start = parent_id === null ? "" : (parent?.path.slice(0, 48) ?? "missing");
					expect(path).toBe(start + id.toString(16).padStart(8, "0"));
				}
				for (const comment of old.comments) {
					const row = rowOf(rows, comment);
					if (row === undefined || comment.state === "deleted") continue;
					expect(row.state).toBe(comment.state);
					expect(row.created_at).toBe(comment.created);
					if (keepsNumbers) expect(row.id).toBe(comment.number);
					const parent = old.comments.find(({ number }) => number === comment.parent);
					const above = row.parent_id === null ? undefined : byId.get(row.parent_id);
					if (above !== undefined && above.source !== "") {
						expect(above.source).toContain(`comment${comment.parent}mark`);
						expect(parent?.entry).toBe(comment.entry);
					}
					const reaches =
						parent !== undefined && parent.entry === comment.entry && !isCircular(comment, old.comments);
					if (reaches) expect(row.parent_id).not.toBeNull();
				}
			}));
});

/** Returns the name of an export's file: that of a folder is written as a tar. */
function exportOf({ fixture }: { fixture: string }): string {
	return `export${/\.\w+$/.exec(fixture)?.[0] ?? ".tar"}`;
}

/** Whether a comment's chain of parents never ends. */
function isCircular(comment: OldComment, comments: readonly OldComment[]): boolean {
	const seen = new Set<number>();
	for (let at: OldComment | undefined = comment; at !== undefined; ) {
		if (seen.has(at.number)) return true;
		seen.add(at.number);
		const { parent, entry }: OldComment = at;
		at = comments.find(({ number, entry: other }) => number === parent && other === entry);
	}
	return false;
}

/** Writes entries as this blog has them, for formats that bring comments alone. */
function entriesOf({ entries }: OldBlog): Record<string, string> {
	return Object.fromEntries(
		entries.map((entry) => [
			`posts/${entry.number}.md`,
			`---\ntitle: Entry ${entry.number}\ndate: ${new Date(entry.published).toISOString()}\naliases: [${JSON.stringify(oldPath(entry))}]\n${isHidden(entry.state) ? "draft: true\n" : ""}---\n\n${entry.paragraphs.join("\n\n")}\n`,
		]),
	);
}
