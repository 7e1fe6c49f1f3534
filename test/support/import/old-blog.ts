import fc from "fast-check";
import type { EntryState } from "../../../src/import/record.ts";

/** An old blog, from which each format's generator writes an export. Texts are plain; a generator writes them its way. */
export type OldBlog = { entries: readonly OldEntry[]; comments: readonly OldComment[] };

export type OldEntry = {
	/** From 1; also its WordPress id. */
	number: number;
	kind: "post" | "page";
	title: string;
	slug: string;
	/** Paragraphs of plain text. */
	paragraphs: readonly string[];
	state: EntryState;
	/** Epoch milliseconds, whole seconds. */
	published: number;
	categories: readonly string[];
	tags: readonly string[];
};

export type OldComment = {
	/** From 1, in the order of the file. */
	number: number;
	/** The number of its entry. */
	entry: number;
	/** The number of the comment it replies to: possibly missing, later, or in a circle. */
	parent: number | null;
	name: string;
	website: string;
	text: string;
	state: "published" | "held" | "spam" | "deleted";
	created: number;
};

/** Marks that must never reach a place where they can be read; every generator puts all it can into its export. */
export const needles = {
	ip: "203.0.113.77",
	agent: "NeedleBrowser/9",
	email: "needle@mail.example",
} as const;

/** The address all old blogs had. */
export const oldAddress = "https://old.example";

/** Returns the old address of an entry, which every format with addresses gives it. */
export function oldPath({ published, slug, kind }: OldEntry): string {
	const [year, month] = new Date(published).toISOString().split("-");
	return kind === "page" ? `/${slug}/` : `/${year}/${month}/${slug}.html`;
}

/** The time of the tests: after all entries but scheduled ones. */
export const now = Date.parse("2026-01-01T00:00:00Z");

const word = fc.constantFrom(
	...[
		"cloud",
		"猫",
		"「括弧」",
		"<b>",
		"&amp;",
		"*star*",
		"_under_",
		"a_b_c",
		"1.",
		"#",
		"- dash",
		"`tick`",
		"[x](y)",
	],
	...[
		"]]>",
		"\\",
		"~~",
		"|",
		"こんにちは。",
		"café",
		"🐈",
		"https://example.com/?a=1&b=2",
		"100%",
		"$5$",
		"&",
		"<",
		">",
	],
);
const line = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(" "));
const nameOf = fc.constantFrom(
	"Mika",
	"田中",
	"  spaced  name ",
	"Раvel",
	"x".repeat(90),
	"",
	"O'Neil & <Sons>",
	"猫🐈",
);

/** Returns arbitrary old blogs. `states` are those that a format can express. */
export function oldBlogs(
	states: readonly EntryState[],
	commentStates: readonly OldComment["state"][],
): fc.Arbitrary<OldBlog> {
	const entry = fc.record({
		kind: fc.constantFrom("post", "post", "post", "page") as fc.Arbitrary<OldEntry["kind"]>,
		title: line,
		slug: fc.constantFrom("hello", "こんばんは", "2024", "admin", "a-b", "x".repeat(200)),
		paragraphs: fc.array(line, { minLength: 1, maxLength: 3 }),
		state: fc.constantFrom(...states),
		published: fc
			.integer({ min: Date.parse("2004-01-01"), max: Date.parse("2025-12-30") })
			.map((at) => at - (at % 1000)),
		categories: fc.uniqueArray(fc.constantFrom("News", "日記", "C & A"), { maxLength: 2 }),
		tags: fc.uniqueArray(fc.constantFrom("edge", "猫", "two words"), { maxLength: 2 }),
	});
	const comment = fc.record({
		entry: fc.nat(),
		parent: fc.option(fc.nat({ max: 30 }), { freq: 2 }),
		name: nameOf,
		website: fc.constantFrom("", "https://site.example/", "site.example", "javascript:alert(1)"),
		text: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n")),
		state: fc.constantFrom(...commentStates),
		created: fc
			.integer({ min: Date.parse("2004-01-01"), max: Date.parse("2025-12-30") })
			.map((at) => at - (at % 1000)),
	});
	return fc
		.record({
			entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
			comments: fc.array(comment, { maxLength: 12 }),
		})
		.map(({ entries, comments }) => ({
			entries: entries.map((each, at) => {
				const isScheduled = each.state === "scheduled";
				return {
					...each,
					number: at + 1,
					slug: `${each.slug}-${at + 1}`,
					paragraphs: [`entry${at + 1}mark${isHidden(each.state) ? " hiddenentry" : ""}`, ...each.paragraphs],
					// Half of the scheduled ones are late.
					published: isScheduled && at % 2 === 0 ? now + 86_400_000 * (at + 1) : each.published,
				};
			}),
			comments: comments.map((each, at) => ({
				...each,
				number: at + 1,
				entry: (each.entry % entries.length) + 1,
				text: `comment${at + 1}mark ${each.state === "published" ? "" : "hiddencomment "}${each.text}`,
			})),
		}));
}

/** Whether nobody but the blog's authors could read an entry in this state. */
export function isHidden(state: EntryState): boolean {
	return state !== "public" && state !== "scheduled";
}
