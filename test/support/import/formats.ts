import type { EntryState } from "../../../src/import/record.ts";
import { writeDisqus } from "./generators/disqus.ts";
import { writeEdgecat } from "./generators/edgecat.ts";
import { writeMovableType } from "./generators/movable-type.ts";
import { writeValine, writeWaline, writeWalineSqlite } from "./generators/waline.ts";
import { writeWordpress } from "./generators/wordpress.ts";
import type { OldBlog, OldComment } from "./old-blog.ts";

/** A format in the tests of the laws: what it can express, and the generator that writes an old blog in it. */
export type TestedFormat = {
	/** The name in `src/import/formats.ts`. */
	name: string;
	/** Tells apart the forms of one format in the names of tests. */
	form?: string;
	/** The file or folder of `test/support/import/fixtures/` with its traps. */
	fixture: string;
	/** The states its entries can have; none for comments alone, which are matched to entries that are there. */
	states: readonly EntryState[];
	/** The states its comments can have; none for a format without comments. */
	commentStates: readonly OldComment["state"][];
	/** Whether comments can reply to each other. */
	threads: boolean;
	/** Whether comments keep their numbers, as in `#comment-12`. */
	keepsNumbers: boolean;
	/** Whether it has the old addresses of entries. */
	addresses: boolean;
	/** Whether the format has pages. */
	pages: boolean;
	/** Returns the text or bytes of an export. Puts all needles where the format has a place for them. */
	write(blog: OldBlog): string | Uint8Array;
};

const waline = {
	name: "waline",
	fixture: "waline.json",
	states: [],
	commentStates: ["published", "held", "spam", "deleted"],
	threads: true,
	keepsNumbers: false,
	addresses: false,
	pages: false,
} as const;

/** Every format, in each of the forms it has. A new one is a line here and a file in `generators/` and `fixtures/`. */
export const testedFormats: readonly TestedFormat[] = [
	{
		name: "wordpress",
		fixture: "wordpress.xml",
		states: ["public", "scheduled", "draft", "pending", "private", "password", "trash", "unknown"],
		commentStates: ["published", "held", "spam", "deleted"],
		threads: true,
		keepsNumbers: true,
		addresses: true,
		pages: true,
		write: writeWordpress,
	},
	{
		name: "movable-type",
		fixture: "movable-type.txt",
		states: ["public", "scheduled", "draft", "pending", "private", "unknown"],
		commentStates: ["published"],
		threads: false,
		keepsNumbers: false,
		addresses: true,
		pages: false,
		write: writeMovableType,
	},
	{
		name: "disqus",
		fixture: "disqus.xml",
		states: [],
		commentStates: ["published", "spam", "deleted"],
		threads: true,
		keepsNumbers: true,
		addresses: false,
		pages: false,
		write: writeDisqus,
	},
	{
		name: "edgecat",
		fixture: "edgecat",
		states: ["public", "scheduled", "draft"],
		commentStates: ["published", "held", "spam", "deleted"],
		threads: true,
		keepsNumbers: true,
		addresses: true,
		pages: true,
		write: writeEdgecat,
	},
	{ ...waline, form: " (own export)", write: writeWaline },
	{ ...waline, form: " (LeanCloud's lines)", commentStates: ["published", "spam"], write: writeValine },
	{ ...waline, form: " (SQLite)", write: writeWalineSqlite },
];
