import { existsSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { Site } from "../posts/site.ts";
import { type ReactionKind, reactionKinds } from "../reactions/kinds.ts";
import { authorFields, profilesOf } from "./authors.ts";
import { check } from "./check.ts";
import { parseTimezone } from "./dates.ts";
import { flag, language, list, oneOf, type Reading, read, record, text, wholeNumber } from "./fields.ts";
import { parsePermalink } from "./permalinks.ts";
import { type Problem, shownPath } from "./problems.ts";
import { readText } from "./text-file.ts";
import { parseWebAddress, webAddress } from "./web-address.ts";
import { parseYaml } from "./yaml.ts";

/** Reads `site.yaml`; mistaken keys take their default, so that the posts can be checked all the same. */
export function readSite(contentDir: string): {
	site: Site;
	file: string;
	lines: ReadonlyMap<string, number>;
	problems: Problem[];
} {
	const path = join(contentDir, "site.yaml");
	const file = shownPath(path);
	if (!existsSync(path)) {
		const message = "no such file; create it with at least a line such as title: My blog.";
		return { site: complete({ title: "" }), file, lines: new Map(), problems: [{ file, line: 1, message }] };
	}
	const reading = readText(path);
	if ("message" in reading) {
		return { site: complete({ title: "" }), file, lines: new Map(), problems: [{ file, ...reading }] };
	}
	const written = parseYaml(reading.text, 1);
	const { value, problems } = check(file, written, siteFields, { title: "My blog" });
	return { site: complete(value ?? { title: "" }), file, lines: written.lines, problems };
}

const kinds = Object.keys(reactionKinds) as ReactionKind[];

const siteFields = record(
	{
		title: text,
		tagline: v.optional(text),
		url: v.optional(read(parseBase)),
		language: v.optional(language),
		timezone: v.optional(read(parseTimezone)),
		author: v.optional(
			record({ name: text, url: v.optional(read(parseWebAddress)) }, { name: "name: Jane Doe" }),
		),
		authors: v.optional(authorFields),
		permalink: v.optional(read(parsePermalink)),
		previous_permalinks: v.optional(list(read(parsePermalink))),
		posts_per_page: v.optional(wholeNumber(1, 100)),
		home: v.optional(oneOf(["summary", "full"])),
		navigation: v.optional(
			list(record({ title: text, url: read(parseLink) }, { title: "title: About", url: "url: /about/" })),
		),
		markdown: v.optional(record({ breaks: v.optional(flag) }, {})),
		comments: v.optional(
			record(
				{
					moderation: v.optional(oneOf(["none", "first", "all"])),
					close_after_days: v.optional(wholeNumber(1, 36_500)),
					edit_window_minutes: v.optional(wholeNumber(0, 525_600)),
					max_depth: v.optional(wholeNumber(1, 6)),
					blocked_words: v.optional(list(text)),
					link_limit: v.optional(wholeNumber(0, 100)),
					flood_limit: v.optional(wholeNumber(1, 100_000)),
					proof_limit: v.optional(wholeNumber(0, 100_000)),
				},
				{},
			),
		),
		privacy: v.optional(
			record(
				{
					network_days: v.optional(wholeNumber(1, 90)),
					email_days: v.optional(wholeNumber(1, 3650)),
				},
				{},
			),
		),
		reactions: v.optional(list(oneOf(kinds))),
		new_reactors_per_hour: v.optional(wholeNumber(1, 1_000_000)),
		notifications: v.optional(
			record(
				{
					from: v.optional(read(parseMailAddress)),
					owner: v.optional(oneOf(["all", "waiting", "none"])),
					digest_minutes: v.optional(wholeNumber(0, 10_080)),
				},
				{},
			),
		),
	},
	{ title: "title: My blog" },
);

function complete(fields: v.InferOutput<typeof siteFields>): Site {
	const { author, comments, notifications } = fields;
	return {
		title: fields.title,
		tagline: fields.tagline ?? "",
		url: fields.url ?? "http://localhost:8787",
		language: fields.language ?? "en",
		timezone: fields.timezone ?? "UTC",
		author: { name: author?.name ?? fields.title, url: author?.url ?? null },
		authors: profilesOf(fields.authors ?? {}),
		permalink: fields.permalink ?? "/:year/:month/:day/:slug/",
		previousPermalinks: [...new Set(fields.previous_permalinks ?? [])],
		postsPerPage: fields.posts_per_page ?? 10,
		home: fields.home ?? "summary",
		navigation: fields.navigation ?? [],
		markdown: { breaks: fields.markdown?.breaks ?? false },
		comments: {
			moderation: comments?.moderation ?? "none",
			closeAfterDays: comments?.close_after_days ?? null,
			editWindowMinutes: comments?.edit_window_minutes ?? 15,
			maxDepth: comments?.max_depth ?? 4,
			blockedWords: comments?.blocked_words ?? [],
			linkLimit: comments?.link_limit ?? 4,
			floodLimit: comments?.flood_limit ?? 1000,
			proofLimit: comments?.proof_limit ?? 100,
		},
		privacy: {
			networkDays: fields.privacy?.network_days ?? 7,
			emailDays: fields.privacy?.email_days ?? 365,
		},
		reactions: [...new Set<ReactionKind>(fields.reactions ?? ["like", "love", "thanks"])],
		newReactorsPerHour: fields.new_reactors_per_hour ?? 100,
		notifications: {
			from: notifications?.from ?? null,
			owner: notifications?.owner ?? "all",
			digestMinutes: notifications?.digest_minutes ?? 30,
		},
	};
}

function parseBase(written: string): Reading<string> {
	const url = webAddress(written);
	if (url === null || url.search !== "" || url.hash !== "" || url.username !== "") {
		return { wrong: `"${written}" is not the address of a site; write one such as https://blog.example.` };
	}
	return { value: url.href.replace(/\/+$/, "") };
}

function parseMailAddress(written: string): Reading<string> {
	if (v.is(v.pipe(v.string(), v.rfcEmail()), written)) return { value: written };
	return { wrong: `"${written}" is not an e-mail address; write one such as blog@example.com.` };
}

function parseLink(written: string): Reading<string> {
	if (/^\/(?!\/)/.test(written) || written.startsWith("mailto:") || webAddress(written) !== null) {
		return { value: written };
	}
	return {
		wrong: `"${written}" is not a link; write a path such as /about/ or an address such as https://example.com/.`,
	};
}
